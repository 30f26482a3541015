import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { checkoutRoot } from "@studio-access/terraform-cli";

import type { Started } from "./started";

const exec = promisify(execFile);

/** Runs a command line as a user does who sourced the deployment's variables. @returns what it printed */
export async function shell({ directory }: Pick<Started, "directory">, commandLine: string): Promise<string> {
  const { stdout } = await exec("bash", ["-c", `source "${join(directory, "env.sh")}" && ${commandLine}`], {
    cwd: checkoutRoot(),
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** A process on this machine. */
export interface Process {
  readonly pid: number;
  readonly args: string;
}

/** Processes on this machine whose command line names the text. */
export async function processesNaming(text: string): Promise<Process[]> {
  const { stdout } = await exec("ps", ["-eo", "pid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, args = ""] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return args.includes(text) ? [{ pid: Number(pid), args }] : [];
  });
}

/** Ends the one process at once whose command line holds the text. @throws {Error} when it is none, or not the only one */
export async function kill(text: string): Promise<void> {
  const found = await processesNaming(text);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} processes name ${text}, not one`);
  process.kill(only.pid, "SIGKILL");
}

/** Waits until it holds. @throws {Error} when it does not within the time, half a minute */
export async function until(holds: () => Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it did not come to hold within ${ms / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
