import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { deployerPolicies } from "@studio-access/permissions";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { table } from "@studio-access/terraform-cli/table";

import { chosenAccounts, writePolicies } from "./policy-files";

interface Flags {
  readonly folder?: string;
  readonly config?: string;
}

async function run(wanted: readonly string[], { config, folder }: Flags): Promise<void> {
  const accounts = chosenAccounts(deployerPolicies(loadConfig(chosenConfigFile(config))), wanted);
  if (folder === undefined) {
    process.stdout.write(`${JSON.stringify(accounts, null, 2)}\n`);
    return;
  }
  const files = await writePolicies(folder, accounts);
  process.stdout.write(`${table(["account", "id", "policy"], files)}\n`);
}

export const command = studioCommand({
  name: "permissions",
  description:
    "What whoever deploys by hand must be allowed in each account, as IAM policies. Needs no AWS. The stacks state and ci-access need an administrator.",
  examples: [
    ["./studio permissions --folder policies", "a file per policy, for `aws iam create-policy`"],
    ["./studio permissions lob-a", "those of one account, as JSON"],
  ],
})
  .argument("[accounts...]", "shared-services, or names of lines of business (default: all)")
  .option("--folder <folder>", "write a file per policy there, instead of printing all of them")
  .action(run);
