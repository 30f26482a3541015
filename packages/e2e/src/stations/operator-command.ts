import { spawn } from "node:child_process";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/launch";
import { checkoutRoot } from "@studio-access/toolchain";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one of the operator's commands against a deployment, as an operator does who sourced its variables.
 *
 * @param name - `smoke` for `npm run smoke`
 * @param input - what the command reads from stdin
 */
export async function operate(
  { workspace }: LocalDeployment,
  name: string,
  args: readonly string[],
  input = "",
): Promise<Ended> {
  const script = `source "$1" && shift && exec node scripts/operate.mjs "$@"`;
  const given = [name, ...args, "--config", workspace.configFile, "--no-install"];
  const child = spawn("bash", ["-c", script, "bash", join(workspace.directory, "env.sh"), ...given], {
    cwd: checkoutRoot(),
    // The commands synthesize into the checkout's cdktf.out, which Terraform knows with another deployment's state.
    env: { ...process.env, TF_CLI_ARGS_init: "-reconfigure" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (data: Buffer) => (text[stream] += data.toString()));
  }
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      resolve(status ?? -1);
    });
  });
  return { code, ...text };
}
