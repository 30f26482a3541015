import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { checkoutRoot } from "@studio-access/terraform-cli";

import type { Started } from "./started";

const exec = promisify(execFile);

/** Runs a command line in a shell that has sourced the deployment's `env.sh`. @returns its output */
export async function shell({ directory }: Pick<Started, "directory">, commandLine: string): Promise<string> {
  const { stdout } = await exec("bash", ["-c", `source "${join(directory, "env.sh")}" && ${commandLine}`], {
    cwd: checkoutRoot(),
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/**
 * Runs a script on a terminal of its own, as a person would.
 *
 * @param answers what is typed after each prompt
 * @returns what the terminal showed
 * @throws {Error} with that when the script fails
 */
export async function onTerminal(script: string, answers: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn("script", ["-qec", `bash -ec ${quoted(script)}`, "/dev/null"], { cwd: checkoutRoot() });
  let shown = "";
  const waiting = new Map(Object.entries(answers));
  child.stdout.on("data", (data: Buffer) => {
    shown += data.toString();
    for (const [prompt, answer] of waiting) {
      if (!shown.includes(prompt)) continue;
      waiting.delete(prompt);
      child.stdin.write(`${answer}\n`);
    }
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the script ended with ${String(code)}:\n${shown}`);
  return shown;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A process on this machine. */
export interface Process {
  readonly pid: number;
  readonly args: string;
}

/** Processes on this machine whose command line contains the text. */
export async function processesNaming(text: string): Promise<Process[]> {
  const { stdout } = await exec("ps", ["-eo", "pid=,args="]);
  return stdout.split("\n").flatMap((line) => {
    const [, pid, args = ""] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return args.includes(text) ? [{ pid: Number(pid), args }] : [];
  });
}

/** Kills the process whose command line contains the text. @throws {Error} unless there is exactly one */
export async function kill(text: string): Promise<void> {
  const found = await processesNaming(text);
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new Error(`${found.length} processes name ${text}, not one`);
  process.kill(only.pid, "SIGKILL");
}

/** Waits until the condition holds. @throws {Error} when it does not hold within `ms` milliseconds */
export async function until(holds: () => Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it did not come to hold within ${ms / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
