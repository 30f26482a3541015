import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

async function holds(path: string, contents: Uint8Array): Promise<boolean> {
  try {
    return (await readFile(path)).equals(contents);
  } catch {
    return false;
  }
}

/**
 * Writes a file unless it already has these contents, so that its modification time changes only with them. The write is
 * atomic, since a deployment may read the file at the same time.
 *
 * @returns whether it wrote
 */
export async function writeIfChanged(path: string, contents: Uint8Array): Promise<boolean> {
  if (await holds(path, contents)) return false;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, contents);
  await rename(draft, path);
  return true;
}
