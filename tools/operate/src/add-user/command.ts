import { tokenRules, withUsers } from "@studio-access/config";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { editConfig, type EditFlags } from "../config-edit/edit-config";
import { nextSteps } from "../config-edit/next-steps";

interface Flags extends EditFlags {
  readonly lob: string;
}

async function run(names: readonly string[], flags: Flags): Promise<void> {
  const { lob } = flags;
  const report = await editConfig(flags, () => ({
    what: `${names.join(", ")} in ${lob}`,
    change: (text) => withUsers(text, lob, names),
    next: ({ identity }, studio) =>
      nextSteps([
        [
          "Deploy the stack: it makes each user's row, profile" +
            (identity.provider === "cognito" ? " and sign-in, with a generated password." : "."),
          studio(`deploy ${lob}`),
        ],
        ...(identity.provider === "cognito"
          ? []
          : [
              [
                `The identity provider's claim ${tokenRules(identity).userNameClaim} must name the users just so.`,
              ] as const,
            ]),
      ]),
  }));
  process.stdout.write(`${report}\n`);
}

export const command = studioCommand({
  name: "add-user",
  description: "Adds users to a line of business in a config, and says what to deploy.",
  examples: [["./studio add-user --lob lob-a jane.doe@example.com", "one user; several names may follow"]],
})
  .argument("<names...>", "users, as the identity provider calls them")
  .requiredOption("--lob <name>", "their line of business")
  .option("--dry-run", "show the change, and write nothing")
  .action(run);
