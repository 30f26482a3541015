import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const PREFIX = ".incoming-";
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/**
 * Gives the work a temporary folder beside its target, so that an atomic rename can move the result there, and removes the
 * folder afterwards, also after a failure. The folder of a killed process is removed a day later.
 */
export async function withStaging<Result>(
  parent: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const folder = await mkdtemp(join(parent, PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(parent, name);
    const since = (await stat(folder).catch(() => undefined))?.mtimeMs ?? Infinity;
    if (Date.now() - since > ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
}
