import { lobOfUser, withoutUsers } from "@studio-access/config";
import { providerNameOf } from "@studio-access/shared-types";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { editConfig, type EditFlags } from "../config-edit/edit-config";
import { nextSteps, type NextStep } from "../config-edit/next-steps";

/** docs/runbook.md#remove-a-user tells this at length. */
const BEFORE: NextStep = [
  "Before the deploy, delete the user's apps and spaces: SageMaker deletes no profile that has any. " +
    "Their volumes go with them, for good. The commands: docs/runbook.md#remove-a-user",
];
const AFTER: NextStep = [
  "The home directory stays on the domain's file system, until the domain goes; a new profile of the same name gets another. " +
    "Open Studio sessions last until studio.sessionExpiresSeconds have passed.",
];

async function run(given: readonly string[], flags: EditFlags): Promise<void> {
  const names = given.map(providerNameOf);
  const report = await editConfig(flags, (config) => {
    const lobs = [...new Set(names.map((name) => lobOfUser(config, name)))];
    return {
      what: `${names.join(", ")} removed from ${lobs.join(", ")}`,
      change: (text) => withoutUsers(text, names),
      next: ({ identity }, studio) =>
        nextSteps([
          BEFORE,
          [
            "Deploy: this deletes the row in the users table, the profile" +
              (identity.provider === "cognito"
                ? " and the sign-in. "
                : ". End the account at your provider as well. ") +
              "The plan's review blocks a profile's deletion (data-loss) until an exception of config/plan-review.json says why " +
              "it is meant (docs/plan-review.md).",
            studio(`deploy ${lobs.join(" ")}`),
          ],
          AFTER,
        ]),
    };
  });
  process.stdout.write(`${report}\n`);
}

export const command = studioCommand({
  name: "remove-user",
  description:
    "Removes users from a config, each from their line of business, and says what the deploy does to what they have.",
  examples: [
    ["./studio remove-user jane-doe --dry-run", "shows the change and what follows, and writes nothing"],
  ],
})
  .argument("<names...>", "users, by the names in the config or those of their profiles")
  .option("--dry-run", "show the change, and write nothing")
  .action(run);
