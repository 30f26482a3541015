import type { ManifestStack } from "@studio-access/terraform";

/** The stacks in groups: each group reads, of the given stacks, only those of earlier groups. */
export function levelsOf(stacks: readonly ManifestStack[]): readonly (readonly ManifestStack[])[] {
  const levels: ManifestStack[][] = [];
  let left = [...stacks];
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const level = left.filter(({ dependencies }) => !dependencies.some((needed) => names.has(needed)));
    levels.push(level);
    left = left.filter((stack) => !level.includes(stack));
  }
  return levels;
}
