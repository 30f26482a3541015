import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { lock } from "proper-lockfile";

import { SCRATCH } from "./workspace";

/** The claim of a running deployment; a checkout can run one deployment per name. */
export interface Instance {
  /** Records the endpoint for the error message of a second deployment. */
  publish(endpoint: string): Promise<void>;
  release(): Promise<void>;
}

/** Another process runs a deployment in this checkout. */
export class AlreadyRunning extends Error {
  constructor(what: string) {
    super(`Studio Access is already up in this checkout${what}. Use that one, or stop it with Ctrl-C first.`);
    this.name = "AlreadyRunning";
  }
}

/**
 * Claims the checkout. The claim of a process that has died is replaced.
 *
 * @throws {AlreadyRunning} when another process holds the claim
 */
export async function claimCheckout(root: string, name = "local"): Promise<Instance> {
  const directory = join(root, SCRATCH, name);
  const record = join(directory, "running.json");
  await mkdir(directory, { recursive: true });
  let unlock: () => Promise<void>;
  try {
    unlock = await lock(directory, {
      lockfilePath: join(directory, "running.lock"),
      stale: 10_000,
      update: 2_000,
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOCKED")
      throw new AlreadyRunning(await describe(record));
    throw error;
  }
  return {
    publish: async (endpoint) => {
      await writeFile(record, JSON.stringify({ pid: process.pid, endpoint }));
    },
    release: async () => {
      await rm(record, { force: true });
      await unlock();
    },
  };
}

async function describe(record: string): Promise<string> {
  try {
    const { pid, endpoint } = JSON.parse(await readFile(record, "utf8")) as { pid: number; endpoint: string };
    return ` (process ${pid}, ${endpoint})`;
  } catch {
    return " and still deploying";
  }
}
