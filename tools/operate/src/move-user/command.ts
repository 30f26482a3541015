import { lobOfUser, withUsersMoved } from "@studio-access/config";
import { providerNameOf } from "@studio-access/shared-types";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { editConfig, type EditFlags } from "../config-edit/edit-config";
import { nextSteps } from "../config-edit/next-steps";

interface Flags extends EditFlags {
  readonly to: string;
}

async function run(given: readonly string[], flags: Flags): Promise<void> {
  const names = given.map(providerNameOf);
  const { to } = flags;
  const report = await editConfig(flags, (config) => {
    const from = [...new Set(names.map((name) => lobOfUser(config, name)))].join(" ");
    return {
      what: `${names.join(", ")} moved from ${from} to ${to}`,
      change: (text) => withUsersMoved(text, names, to),
      next: (_, studio) =>
        nextSteps([
          [
            "The user saves elsewhere what is to be kept: neither spaces nor home directory move. Then delete the user's apps " +
              `and spaces in the account of ${from} (docs/runbook.md#move-a-user-to-another-line-of-business).`,
          ],
          [
            "Deploy the old line of business first, alone: a user has one row and one sign-in, which it must delete before " +
              "another stack can make them. In between, the API answers the user 403. The review blocks the profile's deletion " +
              "until an exception says why it is meant (docs/plan-review.md).",
            studio(`deploy ${from}`),
          ],
          ["Then the new one:", studio(`deploy ${to}`)],
        ]),
    };
  });
  process.stdout.write(`${report}\n`);
}

export const command = studioCommand({
  name: "move-user",
  description:
    "Moves users to another line of business in a config, and says in which order to deploy the two.",
  examples: [["./studio move-user jane-doe --to lob-b", "out of the present line of business, into lob-b"]],
})
  .argument("<names...>", "users, by the names in the config or those of their profiles")
  .requiredOption("--to <lob>", "their new line of business")
  .option("--dry-run", "show the change, and write nothing")
  .action(run);
