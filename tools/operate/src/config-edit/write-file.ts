import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";

/**
 * Writes a new text into a file that exists, whole or not at all, with the mode that the file has. A symbolic link goes on
 * pointing to the file.
 */
export async function replaceText(path: string, text: string): Promise<void> {
  const file = await realpath(path);
  const { mode } = await stat(file);
  const next = `${file}.${process.pid}.next`;
  try {
    await writeFile(next, text, { mode, flag: "wx" });
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true });
    throw error;
  }
}
