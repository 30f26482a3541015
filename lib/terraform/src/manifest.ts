import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { isRecord, parseJson } from "./json";
import { UnreadableSynthesis } from "./unreadable-synthesis";

/** A stack, as cdktf lists it. */
export interface ManifestStack {
  readonly name: string;
  /** Stacks whose outputs it reads. */
  readonly dependencies: readonly string[];
}

/**
 * The stacks of a `manifest.json`, which cdktf writes beside them.
 *
 * @param file for messages
 * @throws {UnreadableSynthesis}
 */
export function readManifest(file: string, text: string): readonly ManifestStack[] {
  const json = parseJson(text, () => new UnreadableSynthesis(file, "it is not JSON"));
  const stacks = isRecord(json) ? json["stacks"] : undefined;
  if (!isRecord(stacks)) throw new UnreadableSynthesis(file, "it lists no stacks");
  return Object.entries(stacks).map(([name, stack]) => {
    const dependencies: unknown = isRecord(stack) ? stack["dependencies"] : undefined;
    if (!isTexts(dependencies))
      throw new UnreadableSynthesis(file, `it does not say which stacks ${name} depends on`);
    return { name, dependencies };
  });
}

/**
 * The stacks that were synthesized into a folder, independent of the config. They include the stacks that only an
 * administrator deploys.
 *
 * @param outdir output folder of cdktf
 * @throws {UnreadableSynthesis}
 */
export async function synthesizedStacks(outdir: string): Promise<readonly ManifestStack[]> {
  const file = join(outdir, "manifest.json");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UnreadableSynthesis(file, UnreadableSynthesis.causeOf(error));
  });
  return readManifest(file, text);
}

/**
 * The stacks, each after those that it reads.
 *
 * @throws {Error} when stacks read each other in a circle
 */
export function inOrder(stacks: readonly ManifestStack[]): readonly ManifestStack[] {
  const left = [...stacks];
  const ordered: ManifestStack[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ dependencies }) => !left.some(({ name }) => dependencies.includes(name)));
    if (next < 0)
      throw new Error(`The stacks ${left.map(({ name }) => name).join(", ")} read each other in a circle.`);
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
