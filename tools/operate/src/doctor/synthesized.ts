import { synthesizedStack, synthesizedStacks } from "@studio-access/terraform";

import { placedResources, type PlacedResource } from "../environment/placed-resources";

/** What the doctor reads of all synthesized stacks. */
export interface Synthesized {
  readonly resources: readonly PlacedResource[];
  /** Version constraint of the AWS provider that the stacks require. */
  readonly providerVersions: string;
}

/** Reads cdktf's output folder. */
export async function readSynthesized(outdir: string): Promise<Synthesized> {
  const names = (await synthesizedStacks(outdir)).map(({ name }) => name);
  const stacks = await Promise.all(names.map((name) => synthesizedStack(outdir, name)));
  return {
    resources: stacks.flatMap(placedResources),
    providerVersions: stacks[0]?.requiredProviders.get("aws")?.version ?? "",
  };
}

export function ofType({ resources }: Pick<Synthesized, "resources">, type: string): PlacedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The size of the largest group; 0 without items. */
export function largestGroup<Item>(items: readonly Item[], keyOf: (item: Item) => string): number {
  const sizes = new Map<string, number>();
  for (const item of items) sizes.set(keyOf(item), (sizes.get(keyOf(item)) ?? 0) + 1);
  return Math.max(0, ...sizes.values());
}
