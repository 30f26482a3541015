import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import { access } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { MotoUnavailable } from "./moto-unavailable";

export interface MotoServerOptions {
  /** Path of `moto_server`. */
  readonly command: string;
  /** File for moto's output. */
  readonly logFile: string;
}

/** A moto server on a free port of 127.0.0.1. */
export interface MotoServer {
  readonly port: number;
  readonly pid: number;
  /** Set once moto has ended without being asked to. */
  failure(): MotoUnavailable | undefined;
  /** Resolves when moto ends without being asked to; otherwise never. */
  readonly failed: Promise<MotoUnavailable>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 100;
const STOP_GRACE_MS = 5_000;

/**
 * Starts moto and waits until it answers.
 *
 * @throws {MotoUnavailable} when it does not come up
 */
export async function startMotoServer(options: MotoServerOptions): Promise<MotoServer> {
  const port = await freePort();
  const child = launch(options.command, port, options.logFile);
  const group = new ProcessGroup(child);
  let stopping = false;
  const failure = (): MotoUnavailable | undefined => {
    if (stopping || !group.ended) return undefined;
    return new MotoUnavailable(`moto_server has ended (${group.ended}); its output is in ${options.logFile}`);
  };
  try {
    await untilAnswering(port, failure);
  } catch (error) {
    stopping = true;
    await group.end();
    throw error;
  }
  return {
    port,
    pid: child.pid ?? 0,
    failure,
    failed: new Promise((resolve) => {
      void group.exited.then(() => {
        const error = failure();
        if (error) resolve(error);
      });
    }),
    async stop() {
      stopping = true;
      await group.end();
    },
  };
}

function launch(command: string, port: number, logFile: string): ChildProcess {
  const log = openSync(logFile, "a", 0o600);
  try {
    return spawn(command, ["-H", "127.0.0.1", "-p", String(port)], {
      // The server has its own process group, so that a wrapper such as pyenv's shim is stopped together with it.
      detached: true,
      stdio: ["ignore", log, log],
      env: motoEnvironment(process.env),
    });
  } finally {
    closeSync(log);
  }
}

/**
 * Environment of the server: the caller's, without moto's and AWS's settings. MOTO_ACCOUNT_ID, for example, would merge
 * all accounts into one.
 */
export function motoEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => !name.startsWith("MOTO_") && !name.startsWith("AWS_"));
  return { ...Object.fromEntries(kept), MOTO_IAM_LOAD_MANAGED_POLICIES: "true" };
}

/** A child process that leads a process group. */
class ProcessGroup {
  /** How the child ended; empty while it runs. */
  ended = "";
  readonly #child: ChildProcess;
  readonly exited: Promise<void>;
  #ending: Promise<void> | undefined;
  readonly #onParentExit = (): void => {
    this.#signal("SIGKILL");
  };

  constructor(child: ChildProcess) {
    this.#child = child;
    this.exited = new Promise((resolve) => {
      const settle = (how: string): void => {
        this.ended ||= how;
        process.off("exit", this.#onParentExit);
        resolve();
      };
      child.once("error", (error) => {
        settle(error.message);
      });
      child.once("exit", (code, signal) => {
        settle(signal ?? `exit code ${String(code)}`);
      });
    });
    process.once("exit", this.#onParentExit);
  }

  /** Ends the whole group. Does so only once, because the system may reuse the id of a group that has ended. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    this.#signal("SIGTERM");
    await Promise.race([this.exited, delay(STOP_GRACE_MS, undefined, { ref: false })]);
    // Also ends processes that the leader may have left running.
    this.#signal("SIGKILL");
    await this.exited;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

async function untilAnswering(port: number, failure: () => MotoUnavailable | undefined): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const ended = failure();
    if (ended) throw ended;
    if (await answers(port)) return;
    await delay(POLL_MS);
  }
  throw new MotoUnavailable(`moto_server does not answer on port ${port} after ${START_TIMEOUT_MS / 1000} s`);
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/moto-api/config`);
    return true;
  } catch {
    return false; // Not listening yet.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/**
 * The path of `moto_server` on PATH.
 *
 * @throws {MotoUnavailable} when it is not there
 */
export async function findMotoServer(): Promise<string> {
  const name = "moto_server";
  for (const directory of (process.env["PATH"] ?? "").split(delimiter).filter(Boolean)) {
    const candidate = join(directory, name);
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Look in the next directory.
    }
  }
  throw new MotoUnavailable(
    `${name} is not on PATH: install it with \`pip install "moto[server]"\`, or give its path`,
  );
}
