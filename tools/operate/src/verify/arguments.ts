import { Command } from "commander";

/** The command's parsed options. */
export interface VerifyArguments {
  /** Folder of state files; undefined: Terraform reads the environment's own state. */
  readonly stateDir: string | undefined;
  readonly config: string | undefined;
  readonly json: string | undefined;
  readonly html: string | undefined;
  readonly install: boolean;
}

export function parseArguments(args: readonly string[]): VerifyArguments {
  const command = new Command("verify")
    .description("Proves from Terraform's state who can reach what, and who may presign for whom.")
    .option(
      "--state-dir <folder>",
      "folder of STACK.tfstate files (default: the environment's state, by terraform show)",
    )
    .option(
      "--config <file>",
      "config of the environment (default: STUDIO_ACCESS_CONFIG, else config/local.json)",
    )
    .option("--json <file>", "write every cell as JSON")
    .option("--html <file>", "write one page to look at: the network drawn, the matrices, the reasons")
    .option("--no-install", "install nothing, fail instead");
  const options = command.parse(args, { from: "user" }).opts<Partial<VerifyArguments>>();
  const { stateDir, config, json, html, install = true } = options;
  return { stateDir, config, json, html, install };
}
