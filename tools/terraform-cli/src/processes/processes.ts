import { type ChildProcessByStdio, spawn } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync } from "node:fs";
import { constants } from "node:os";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { CommandTree, DEFAULT_GRACE_PERIOD, type GracePeriod } from "./command-tree";
import type { Environment } from "../console/options";
import { LAST_OUTPUT_MS, register, unregister } from "./running-commands";

/** The command could not be started. */
export class CommandNotStarted extends Error {
  override readonly name = "CommandNotStarted";
}

export interface RunOptions {
  readonly cwd?: string;
  /** The complete environment of the command. Default: that of this process. Never logged. */
  readonly env?: Environment;
  /** File to which the command's output is appended. Created if absent, readable by its owner only. */
  readonly logFile: string;
  /** Called with each line of output, without its line end. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
  /** Ends the command and everything that it started. */
  readonly signal?: AbortSignal;
  readonly gracePeriod?: GracePeriod;
}

export interface RunResult {
  /** Exit code; 128 + the signal's number if a signal ended it, as in a shell. */
  readonly code: number;
}

type Command = ChildProcessByStdio<null, Readable, Readable>;

const LEFT_BEHIND: GracePeriod = { interruptMs: 0, terminateMs: 2_000 };

/**
 * Runs a command in a process group of its own, without input, and waits for its end. No process that it starts outlives
 * the command or this process, unless this process gets SIGKILL.
 *
 * Arguments and environment are neither logged nor part of an error: they may hold secrets.
 *
 * @throws the reason of `signal` when it was aborted, after all processes have ended
 * @throws {CommandNotStarted}
 */
export async function runLogged(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  options.signal?.throwIfAborted();
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, "a", 0o600);
  try {
    const child = await start(command, args, options);
    return await finish(child, log, options);
  } finally {
    closeSync(log);
  }
}

function start(command: string, args: readonly string[], { cwd, env }: RunOptions): Promise<Command> {
  const child = spawn(command, args, {
    cwd,
    env: { ...(env ?? process.env) },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    child.once("spawn", () => {
      resolve(child);
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      // Node's own error contains the arguments.
      reject(new CommandNotStarted(`cannot start ${command}: ${error.code ?? "unknown reason"}`));
    });
  });
}

async function finish(child: Command, log: number, options: RunOptions): Promise<RunResult> {
  const { signal, gracePeriod = DEFAULT_GRACE_PERIOD } = options;
  const tree = new CommandTree(pidOf(child));
  // A process that this one cannot end still has the output open: stop reading, so that the command counts as closed.
  const cutOff = (): void => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const end = async (period: GracePeriod): Promise<void> => {
    await tree.end(period);
    // What an ended command wrote last may still have to be read.
    await Promise.race([closed, delay(LAST_OUTPUT_MS, undefined, { ref: false })]);
    cutOff();
  };
  const onAbort = (): void => {
    void end(gracePeriod);
  };
  const closed = closing(child, () => {
    void end(LEFT_BEHIND);
  });
  const output = Promise.all([closed, recording(child, log, options)]);
  register(tree, { gracePeriod, output });
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    if (signal?.aborted === true) onAbort();
    await output.catch(async (error: unknown) => {
      await tree.end(gracePeriod);
      throw error;
    });
    // This also ends background processes that have closed the output.
    await tree.end(LEFT_BEHIND);
    signal?.throwIfAborted();
    return { code: await closed };
  } finally {
    cutOff();
    signal?.removeEventListener("abort", onAbort);
    unregister(tree);
  }
}

function pidOf(child: Command): number {
  if (child.pid === undefined) throw new CommandNotStarted("a started command has no process id");
  return child.pid;
}

/** Resolves to the exit code once the output is closed; calls `onOverdue` when closing takes too long. */
function closing(child: Command, onOverdue: () => void): Promise<number> {
  return new Promise((resolve) => {
    let overdue: NodeJS.Timeout | undefined;
    child.once("exit", () => {
      overdue = setTimeout(onOverdue, LAST_OUTPUT_MS);
    });
    child.once("close", (code, signal) => {
      clearTimeout(overdue);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Resolves when all output was logged and passed on; rejects when either fails. */
function recording(child: Command, log: number, { onLine }: RunOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const guard = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        guard(() => {
          appendFileSync(log, chunk);
        });
      });
      if (onLine === undefined) continue;
      createInterface({ input: child[name], crlfDelay: Infinity }).on("line", (line) => {
        guard(() => {
          onLine(line, name);
        });
      });
    }
    child.once("close", resolve);
  });
}
