import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";

import { checkoutRoot } from "@studio-access/terraform-cli";

import type { Started } from "./started";

const exec = promisify(execFile);

/** Runs a command line in a shell that has sourced the deployment's `env.sh`. @returns its output */
export async function shell({ directory }: Pick<Started, "directory">, commandLine: string): Promise<string> {
  const { stdout } = await exec("bash", ["-c", `source "${join(directory, "env.sh")}" && ${commandLine}`], {
    cwd: checkoutRoot(),
    env: process.env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Runs its arguments in a terminal, of which its own stdin and stdout are the keyboard and the screen. */
const IN_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/** A new terminal has no columns at all. */
const WIDE = ["bash", "-c", 'stty cols 120 rows 50 && exec "$@"', "bash"];

/** What a program asks, and the line to type once it was asked. */
export interface Question {
  readonly prompt: string;
  readonly answer: () => Promise<string>;
}

/** Runs a program at a terminal, as a person does. @returns its exit code and all that the terminal showed */
export async function atTerminal(
  commandLine: readonly string[],
  { prompt, answer }: Question,
): Promise<{ readonly code: number; readonly stdout: string }> {
  const child = spawn("python3", ["-c", IN_TERMINAL, ...WIDE, ...commandLine], {
    cwd: checkoutRoot(),
    env: process.env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  let screen = "";
  let answered: Promise<void> | undefined;
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      screen += data.toString();
      if (answered !== undefined || !stripVTControlCharacters(screen).includes(prompt)) return;
      answered = answer().then((line) => void child.stdin.write(`${line}\n`));
      answered.catch(reject);
    });
    child.once("error", reject);
    child.once("close", (status) => {
      resolve({ code: status ?? -1, stdout: stripVTControlCharacters(screen).replaceAll("\r\n", "\n") });
    });
  });
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
