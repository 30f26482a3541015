import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { readStackJson, STACK_FILE } from "@studio-access/terraform";

import { ALLOW_LIST, type AllowList } from "./allow-list";
import type { Refusal } from "./refusal";
import { backendRefusals, referenceRefusals, stackRefusals } from "./stack-refusals";

/** Names of files that Terraform reads besides, if they lie in a stack's folder. */
const READ_BY_TERRAFORM =
  /\.tf$|\.tf\.json$|\.tfvars$|\.tfvars\.json$|\.tofu$|\.tofu\.json$|^\.terraform$|^\.?terraformrc$/;

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).sort();
}

async function readStack(folder: string): Promise<unknown> {
  const file = join(folder, STACK_FILE);
  const text = await readFile(file, "utf8");
  try {
    return readStackJson(text, file);
  } catch {
    return undefined;
  }
}

async function strangeFiles(folder: string, stack: string): Promise<readonly Refusal[]> {
  const names = await namesIn(folder);
  return names
    .filter((name) => name !== STACK_FILE && READ_BY_TERRAFORM.test(name))
    .map((place) => ({ stack, place, reason: "Terraform would read this file, and cdktf did not write it" }));
}

/** The folder that has a folder per stack: `stacks` in what cdktf writes, or the folder itself. */
async function stacksFolder(folder: string): Promise<string> {
  return (await namesIn(folder)).includes("stacks") ? join(folder, "stacks") : folder;
}

export interface FolderCheck {
  readonly stacks: readonly string[];
  readonly refusals: readonly Refusal[];
}

/**
 * Checks every synthesized stack of a folder, and the files beside it.
 *
 * @param folder what `cdktf synth` has written, `cdktf.out`
 * @throws {Error} when the folder holds no stack, so that an empty check cannot pass
 */
export async function checkFolder(folder: string, allowed: AllowList = ALLOW_LIST): Promise<FolderCheck> {
  const root = await stacksFolder(folder);
  const found = new Map<string, unknown>();
  const refusals: Refusal[] = [];
  for (const stack of await foldersIn(root)) {
    const path = join(root, stack);
    refusals.push(...(await strangeFiles(path, stack)));
    if (!(await namesIn(path)).includes(STACK_FILE)) {
      refusals.push({
        stack,
        place: STACK_FILE,
        reason: "there is none, so that it is not known what would be planned",
      });
      continue;
    }
    const json = await readStack(path);
    found.set(stack, json);
    refusals.push(...stackRefusals(stack, json, allowed));
  }
  if (found.size === 0) throw new Error(`${folder} holds no synthesized stack: run npm run synth first`);
  return {
    stacks: [...found.keys()],
    refusals: [...refusals, ...backendRefusals(found), ...referenceRefusals(found)],
  };
}
