import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import type { LocalDeployment } from "@studio-access/local-deployment";
import { checkoutRoot } from "@studio-access/terraform-cli";

/** Runs the proofs over a deployment's state files. @returns the last line, the verdict @throws when there is a surprise */
export async function verifyState({ workspace }: LocalDeployment): Promise<string> {
  const args = [
    join(checkoutRoot(), "studio"),
    "verify",
    "--state-dir",
    workspace.stateDirectory,
    "--config",
    workspace.configFile,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: checkoutRoot() });
  return stdout.trimEnd().split("\n").at(-1) ?? "";
}
