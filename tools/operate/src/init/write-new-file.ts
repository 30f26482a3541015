import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** @throws {Error} when a file of this name cannot be made, before anything is asked */
export function ensureNew(file: string): void {
  if (existsSync(file))
    throw new Error(
      `${file} is there already, and stays as it is. Name another file with --config; ./studio add-lob and add-user change one.`,
    );
  const folder = dirname(file);
  if (!existsSync(folder))
    throw new Error(`There is no folder ${folder}: make it, or name another file with --config.`);
}

/** Writes a file that is not there yet. */
export async function writeNewFile(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: "wx" });
}
