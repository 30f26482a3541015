import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { LocalDeployment } from "@studio-access/local-deployment";
import { stackFolder } from "@studio-access/terraform";

/** A deploy that was killed. */
export interface Killed {
  /** Resources that Terraform said to be complete. */
  readonly complete: number;
  /** Addresses of those that were being created: whether they exist, Terraform never learnt. */
  readonly begun: readonly string[];
}

/**
 * Deploys a stack until Terraform has completed so many resources, and kills it with its providers then (SIGKILL, to the
 * whole process group), as a power cut would.
 *
 * @throws {Error} when it ended before
 */
export async function killedDeploy(
  deployment: LocalDeployment,
  stack: string,
  completed: number,
): Promise<Killed> {
  await deployment.terraform(stack, ["init", "-input=false", "-reconfigure", "-no-color"]);
  const { directory, outdir } = deployment.workspace;
  const script =
    'source "$1" && cd "$2" && exec "$TERRAFORM_BINARY_NAME" apply -auto-approve -input=false -no-color';
  const child = spawn("bash", ["-c", script, "bash", join(directory, "env.sh"), stackFolder(outdir, stack)], {
    // In a test, the variables of the test's own process, among them those of the shared provider.
    env: process.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const begun = new Set<string>();
  let complete = 0;
  const kill = { isSent: false };
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      const [, address = "", what = ""] = /^(\S+): (Creating\.\.\.|Creation complete)/.exec(line) ?? [];
      if (what === "Creating...") begun.add(address);
      if (what === "Creation complete") {
        begun.delete(address);
        complete++;
      }
      if (complete < completed || kill.isSent) return;
      kill.isSent = true;
      process.kill(-(child.pid ?? 0), "SIGKILL");
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (!kill.isSent || code === 0)
    throw new Error(
      `the deploy of ${stack} ended with ${code} after ${complete}:\n${lines.slice(-20).join("\n")}`,
    );
  return { complete, begun: [...begun].sort() };
}
