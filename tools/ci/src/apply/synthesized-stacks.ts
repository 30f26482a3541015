import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { isAdministratorsStack } from "@studio-access/config";

export interface SynthesizedStack {
  readonly stack: string;
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** The stacks that a workflow deploys, each after those that it reads; as cdktf wrote them. */
export async function deployedStacks(outdir: string): Promise<readonly SynthesizedStack[]> {
  const { stacks } = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as Manifest;
  const left = new Map(Object.entries(stacks).filter(([stack]) => !isAdministratorsStack(stack)));
  const ordered: SynthesizedStack[] = [];
  while (left.size > 0) {
    const next = [...left].find(([, { dependencies }]) => !dependencies.some((name) => left.has(name)));
    if (next === undefined)
      throw new Error(`The stacks ${[...left.keys()].join(", ")} read each other in a circle.`);
    const [stack, { dependencies }] = next;
    left.delete(stack);
    ordered.push({ stack, dependencies });
  }
  return ordered;
}
