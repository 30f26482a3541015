import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { isRecord, type Resource } from "./resource";

/** The text is not state that we know how to read. */
export class UnreadableState extends Error {
  override readonly name = "UnreadableState";

  constructor(stack: string, problem: string) {
    super(`state of ${stack}: ${problem}`);
  }
}

/**
 * Resources of one stack, from a state file (version 4) or from what `terraform show -json` prints.
 *
 * @throws {UnreadableState}
 */
export function parseState(stack: string, json: string): readonly Resource[] {
  const state = parseJson(stack, json);
  if (state["version"] === 4) return list(state["resources"]).flatMap((entry) => fromStateFile(stack, entry));
  const values = state["values"];
  if (typeof state["format_version"] === "string") {
    // A stack that was never applied, or was destroyed, has no values.
    return isRecord(values) ? fromModule(stack, values["root_module"]) : [];
  }
  throw new UnreadableState(
    stack,
    "neither a state file of version 4 nor the output of terraform show -json",
  );
}

/** Every `STACK.tfstate` of a folder. @throws {UnreadableState} */
export async function readStateFolder(folder: string): Promise<readonly Resource[]> {
  const files = (await filesOf(folder)).filter((file) => file.endsWith(".tfstate")).sort();
  if (files.length === 0) throw new UnreadableState(folder, "the folder holds no STACK.tfstate");
  const stacks = await Promise.all(
    files.map(async (file) => parseState(stackOf(file), await readFile(join(folder, file), "utf8"))),
  );
  return stacks.flat();
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new UnreadableState(folder, "there is no such folder");
    throw error;
  }
}

/** cdktf's local backend names the file after the stack: `lob-a.tfstate`, or `terraform.lob-a.tfstate` by default. */
function stackOf(file: string): string {
  return basename(file, ".tfstate").replace(/^terraform\./, "");
}

function parseJson(stack: string, json: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnreadableState(stack, "not JSON");
  }
  if (!isRecord(value)) throw new UnreadableState(stack, "no JSON object");
  return value;
}

function list(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function fromStateFile(stack: string, entry: Record<string, unknown>): readonly Resource[] {
  const { mode, type, name } = entry;
  if (typeof type !== "string" || typeof name !== "string") return [];
  return list(entry["instances"]).flatMap(({ attributes, index_key: index }) => {
    if (!isRecord(attributes)) return [];
    const key = typeof index === "string" || typeof index === "number" ? `[${JSON.stringify(index)}]` : "";
    return [
      {
        stack,
        address: `${type}.${name}${key}`,
        mode: mode === "data" ? "data" : "managed",
        type,
        values: attributes,
      },
    ];
  });
}

function fromModule(stack: string, module: unknown): readonly Resource[] {
  if (!isRecord(module)) return [];
  const own = list(module["resources"]).flatMap((entry): Resource[] => {
    const { address, type, mode, values } = entry;
    if (typeof address !== "string" || typeof type !== "string" || !isRecord(values)) return [];
    return [{ stack, address, mode: mode === "data" ? "data" : "managed", type, values }];
  });
  return [...own, ...list(module["child_modules"]).flatMap((child) => fromModule(stack, child))];
}
