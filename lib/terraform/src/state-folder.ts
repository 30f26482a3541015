import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { readState } from "./read-state";
import type { State } from "./state";
import { UnreadableState } from "./unreadable-state";

/** Every `STACK.tfstate` of a folder. @throws {UnreadableState} when there is none */
export async function readStateFolder(folder: string): Promise<readonly State[]> {
  const files = (await filesOf(folder)).filter((file) => file.endsWith(".tfstate")).sort();
  if (files.length === 0) throw new UnreadableState(folder, "the folder holds no STACK.tfstate");
  return Promise.all(
    files.map(async (file) => readState(stackOf(file), await readFile(join(folder, file), "utf8"))),
  );
}

/**
 * The state of one stack in a folder of state files.
 *
 * @returns undefined where there is no such file, or an empty one: the stack was never applied
 * @throws {UnreadableState}
 */
export async function readStateFile(folder: string, stack: string): Promise<State | undefined> {
  try {
    const text = await readFile(join(folder, `${stack}.tfstate`), "utf8");
    // Terraform makes an empty file to lock it, which is left when it is killed then.
    return text === "" ? undefined : readState(stack, text);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) throw new UnreadableState(folder, "there is no such folder");
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** cdktf's local backend names the file after the stack: `lob-a.tfstate`, or `terraform.lob-a.tfstate` by default. */
function stackOf(file: string): string {
  return basename(file, ".tfstate").replace(/^terraform\./, "");
}
