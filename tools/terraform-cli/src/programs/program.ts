import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { type Environment, setting } from "../console/options";

const run = promisify(execFile);

const ASK_TIMEOUT_MS = 30_000;
const BUSY_RETRIES = 5;
const BUSY_PAUSE_MS = 50;

export async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Path of the program that a shell would run for this name. */
export async function findOnPath(name: string, env: Environment): Promise<string | undefined> {
  for (const folder of (setting(env, "PATH") ?? "").split(delimiter).filter(Boolean)) {
    const candidate = resolve(folder, name);
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

export interface AskOptions {
  readonly env: Environment;
  readonly cwd: string;
}

/**
 * A program's standard output, or undefined when it cannot be run or fails. For short output only, such as a version.
 */
export async function ask(
  command: string,
  args: readonly string[],
  { env, cwd }: AskOptions,
): Promise<string | undefined> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { stdout } = await run(command, args, { env: { ...env }, cwd, timeout: ASK_TIMEOUT_MS });
      return stdout.trim();
    } catch (error) {
      // A program that was just written is busy while another child, forked at that time, still has its file open.
      if ((error as NodeJS.ErrnoException).code !== "ETXTBSY" || attempt === BUSY_RETRIES) return undefined;
      await delay(BUSY_PAUSE_MS);
    }
  }
}
