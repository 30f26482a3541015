import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Does work in a folder that only its owner can read, since plans hold secrets in clear text. Without a name, the folder is a
 * temporary one, and goes when the work ends, however it ends.
 *
 * @param asked path of a new folder that is kept
 */
export async function withPlanFolder<Result>(
  asked: string | undefined,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  if (asked !== undefined) return work(await newFolder(asked));
  const folder = await mkdtemp(join(tmpdir(), "studio-access-plans-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An existing folder is refused, since its files may be of value. */
async function newFolder(path: string): Promise<string> {
  const folder = resolve(path);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new Error(`${folder} cannot be made for the plans (${code}): name a folder that is not there yet.`);
  });
  return folder;
}
