import { Command } from "commander";

/** The command's parsed options. */
export interface VerifyArguments {
  /** Folder of state files; undefined: the environment's own state. */
  readonly stateDir: string | undefined;
  readonly config: string | undefined;
  readonly json: string | undefined;
  readonly html: string | undefined;
}

export function parseArguments(args: readonly string[]): VerifyArguments {
  const command = new Command("verify")
    .description("Proves from Terraform's state who can reach what, and who may presign for whom.")
    .option("--state-dir <folder>", "folder of STACK.tfstate files (default: the environment's own state)")
    .option(
      "--config <file>",
      "config of the environment (default: STUDIO_ACCESS_CONFIG, else config/local.json)",
    )
    .option("--json <file>", "write every cell as JSON")
    .option("--html <file>", "write one page to look at: the network drawn, the matrices, the reasons")
    .option("--no-install", "accepted as in all commands; verify never installs anything");
  const options = command.parse(args, { from: "user" }).opts<Partial<VerifyArguments>>();
  const { stateDir, config, json, html } = options;
  return { stateDir, config, json, html };
}
