import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { check, lock } from "proper-lockfile";

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
    super(
      `Studio Access is already up in this checkout${what}. Use that one, or stop it first, with Ctrl-C or ./studio stop.`,
    );
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
  const since = new Date().toISOString();
  const write = async (endpoint?: string): Promise<void> =>
    writeFile(record, JSON.stringify({ name, pid: process.pid, since, endpoint }));
  await write();
  return {
    publish: write,
    release: async () => {
      await rm(record, { force: true });
      await unlock();
    },
  };
}

/** A deployment that is up, or coming up. */
export interface RunningInstance {
  readonly name: string;
  readonly pid: number;
  /** When it was started, ISO 8601. */
  readonly since: string;
  /** URL of its AWS; absent while it starts. */
  readonly endpoint?: string;
}

/** The deployments of a checkout that some process holds a claim on. */
export async function runningInstances(root: string): Promise<readonly RunningInstance[]> {
  const names = await readdir(join(root, SCRATCH)).catch(() => []);
  const found = await Promise.all(names.sort().map(async (name) => runningInstance(root, name)));
  return found.filter((instance) => instance !== undefined);
}

async function runningInstance(root: string, name: string): Promise<RunningInstance | undefined> {
  const directory = join(root, SCRATCH, name);
  const lockfilePath = join(directory, "running.lock");
  // It rejects where there is no such folder.
  if (!(await check(directory, { lockfilePath, stale: 10_000 }).catch(() => false))) return undefined;
  const text = await readFile(join(directory, "running.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as RunningInstance);
}

async function describe(record: string): Promise<string> {
  try {
    const { pid, endpoint = "still deploying" } = JSON.parse(
      await readFile(record, "utf8"),
    ) as RunningInstance;
    return ` (process ${pid}, ${endpoint})`;
  } catch {
    return " and still deploying";
  }
}
