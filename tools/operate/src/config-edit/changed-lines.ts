import { diffLines } from "diff";

/** The lines that an edit takes out (`-`) and puts in (`+`), those of one place together. */
export function changedLines(before: string, after: string): string {
  return diffLines(before, after)
    .flatMap(({ value, added, removed }) => {
      const sign = added ? "+" : removed ? "-" : undefined;
      return sign === undefined
        ? []
        : value
            .replace(/\r?\n$/, "")
            .split(/\r?\n/)
            .map((line) => `${sign} ${line}`);
    })
    .join("\n");
}
