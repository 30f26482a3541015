import type { Counts } from "../review";

/** `2 to add, 1 to replace`; `no resource changes` where there is nothing to count. */
export function countsText(counts: Counts): string {
  const said = [
    [counts.add, "to add"],
    [counts.change, "to change"],
    [counts.replace, "to replace"],
    [counts.destroy, "to destroy"],
    [counts.import, "to import"],
    [counts.move, "to move"],
    [counts.forget, "to forget"],
  ] as const;
  const some = said.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return some.length === 0 ? "no resource changes" : some.join(", ");
}

export function sumOf(counts: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): number => counts.reduce((total, each) => total + each[key], 0);
  return {
    add: sum("add"),
    change: sum("change"),
    replace: sum("replace"),
    destroy: sum("destroy"),
    forget: sum("forget"),
    import: sum("import"),
    move: sum("move"),
  };
}
