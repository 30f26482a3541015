import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { atTerminal, type Question } from "../shell";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Removes the working folders of an earlier test's commands. Their lock files hold the digest of that test's provider
 * package, and Terraform installs no other.
 */
export async function forgetEarlierCommands({ workspace }: LocalDeployment): Promise<void> {
  const { root, configFile, config } = workspace;
  const digest = createHash("sha256").update(configFile).digest("hex").slice(0, 8);
  const folder = join(root, ".studio-access/operate", `${config.environment}-${digest}`);
  await rm(folder, { recursive: true, force: true });
}

/**
 * Runs one of the operator's commands against a deployment, in a shell that has sourced its `env.sh`.
 *
 * @param name - `smoke` for `npm run smoke`
 * @param input - what the command reads from stdin
 * @param interruptAfter - SIGINT is sent once this has resolved
 */
export async function operate(
  deployment: LocalDeployment,
  name: string,
  args: readonly string[],
  input = "",
  interruptAfter?: () => Promise<void>,
): Promise<Ended> {
  const [program = "", ...given] = commandLine(deployment, name, args);
  const child = spawn(program, given, {
    cwd: checkoutRoot(),
    env: process.env,
    // A separate process group, like a job in a terminal: SIGINT is sent to all of it.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (data: Buffer) => (text[stream] += data.toString()));
  }
  child.stdin.end(input);
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      resolve(status ?? -1);
    });
  });
  if (interruptAfter !== undefined) {
    await Promise.race([interruptAfter(), ended]);
    if (child.exitCode === null) process.kill(-(child.pid ?? 0), "SIGINT");
  }
  return { code: await ended, ...text };
}

/** Runs one of the operator's commands as {@link operate} does, but at a terminal. */
export async function operateAtTerminal(
  deployment: LocalDeployment,
  name: string,
  args: readonly string[],
  question: Question,
): Promise<Omit<Ended, "stderr">> {
  return atTerminal(commandLine(deployment, name, args), question);
}

function commandLine(
  { workspace }: LocalDeployment,
  name: string,
  args: readonly string[],
): readonly string[] {
  const script = `source "$1" && shift && exec node studio "$@"`;
  const given = [name, "--config", workspace.configFile, "--no-install", ...args];
  return ["bash", "-c", script, "bash", join(workspace.directory, "env.sh"), ...given];
}
