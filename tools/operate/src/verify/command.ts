import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { deployedResources } from "../environment/deployed-state";
import { proveState, type VerifyFlags } from "./prove-state";

async function run(flags: VerifyFlags): Promise<void> {
  const root = checkoutRoot();
  process.stderr.write("Reading the state, and proving who reaches and may presign what …\n");
  const { ok, report } = await proveState(flags, {
    variables: process.env,
    environment: (configFile) => deployedResources({ root, configFile }),
  });
  process.stdout.write(report);
  process.exitCode = ok ? 0 : 1;
}

export const command = studioCommand({
  name: "verify",
  description: "Proves from Terraform's state who can reach what, and who may presign for whom.",
  examples: [
    ["./studio verify", "the environment's own state"],
    ["./studio verify --html verify.html", "the same, with a page to look at"],
    ["./studio verify --state-dir states", "STACK.tfstate files in a folder: no network at all"],
  ],
  exitCodes: { 1: "something is otherwise than the config calls for" },
})
  .option("--state-dir <folder>", "folder of STACK.tfstate files (default: the environment's own state)")
  .option("--json <file>", "write every cell as JSON")
  .option("--html <file>", "write one page to look at: the network drawn, the matrices, the reasons")
  .action(run);
