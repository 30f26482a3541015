import { accessSync, constants, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Checks before the work that a file can be written after it.
 *
 * @param flag the option that names the file, for the message
 * @throws {Error} when it is a folder, when its folder is missing, or when either cannot be written
 */
export function ensureWritable(flag: string, file: string): void {
  const path = resolve(file);
  const about = statSync(path, { throwIfNoEntry: false });
  if (about?.isDirectory() === true) throw new Error(`${flag} ${file}: this is a folder; name a file in it.`);
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`${flag} ${file}: there is no folder ${folder}; make it, or name another file.`);
  try {
    accessSync(about === undefined ? folder : path, constants.W_OK);
  } catch {
    throw new Error(`${flag} ${file}: it cannot be written; name a file that you may write.`);
  }
}

/** Writes a command's result for machines, where the option `--json` names a file. */
export async function writeJson(file: string | undefined, result: unknown): Promise<void> {
  if (file !== undefined) await writeFile(resolve(file), `${JSON.stringify(result, null, 2)}\n`);
}
