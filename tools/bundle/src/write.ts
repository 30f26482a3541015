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
 * Writes a file unless it holds these bytes already, so that nothing that watches it or dates by it stirs. The file
 * appears whole or not at all: a deployment may read while we write.
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
