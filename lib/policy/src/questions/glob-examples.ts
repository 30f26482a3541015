/**
 * Example texts that patterns with `*` and `?` match.
 *
 * An example fills every wildcard of its pattern with text that no pattern spells out. Another pattern matches the
 * example only if it matches everything that the first pattern matches. So one example per pattern, and one per pair of
 * patterns that overlap, distinguish patterns as well as all texts would.
 */

/** Text that is in no policy, and longer than any run of `?` in one. */
export const OTHER = "zz-something-else";

const ONE_CHARACTER = "z";

/** Fills the wildcards of a pattern; of several in a row only the first. */
export function fillWildcards(pattern: string, fill: string): string {
  return pattern.replace(/\*+/g, fill).replaceAll("?", ONE_CHARACTER);
}

type Memo = Map<number, string | undefined>;

/**
 * One text that both patterns match, with as many wildcards filled as they allow. @returns undefined when there is none
 */
export function commonText(left: string, right: string, fill: string): string | undefined {
  if (!/[*?]/.test(left) && !/[*?]/.test(right)) return left === right ? left : undefined;
  const memo: Memo = new Map();
  const width = right.length + 1;

  function tail(i: number, j: number): string | undefined {
    const key = i * width + j;
    if (!memo.has(key)) {
      memo.set(key, undefined);
      memo.set(key, search(i, j));
    }
    return memo.get(key);
  }

  function prefixed(text: string, rest: string | undefined): string | undefined {
    return rest === undefined ? undefined : text + rest;
  }

  function search(i: number, j: number): string | undefined {
    const [a, b] = [left[i], right[j]];
    if (a === undefined && b === undefined) return "";
    if (a === "*" && b === "*") {
      return prefixed(fill, tail(i + 1, j + 1) ?? tail(i + 1, j) ?? tail(i, j + 1));
    }
    if (a === "*")
      return prefixed(b === "?" ? ONE_CHARACTER : (b ?? ""), b && tail(i, j + 1)) ?? tail(i + 1, j);
    if (b === "*")
      return prefixed(a === "?" ? ONE_CHARACTER : (a ?? ""), a && tail(i + 1, j)) ?? tail(i, j + 1);
    if (a === undefined || b === undefined) return undefined;
    if (a !== b && a !== "?" && b !== "?") return undefined;
    const shared = a === "?" ? (b === "?" ? ONE_CHARACTER : b) : a;
    return prefixed(shared, tail(i + 1, j + 1));
  }

  return tail(0, 0);
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

/** Texts for plain patterns: of each pattern, and of each pair that overlaps. Without patterns there are none. */
export function textsOf(patterns: readonly string[], fill = OTHER): readonly string[] {
  const alone = patterns.flatMap((pattern) => [fillWildcards(pattern, fill), fillWildcards(pattern, "")]);
  const wild = patterns.filter((pattern) => /[*?]/.test(pattern));
  const together = wild.flatMap((pattern) =>
    patterns.map((other) => (other === pattern ? undefined : commonText(pattern, other, fill))),
  );
  return unique([...alone, ...together].filter((text) => text !== undefined));
}

const ARN_PARTS = 6;

/** The text that fills each part of an ARN; region and account are not real ones. */
const ARN_FILLS = ["arn", "aws", "other", "zz-other-1", "999999999999", OTHER] as const;

/** The account that stands for "any other account". */
export const OTHER_ACCOUNT = "999999999999";

/** An ARN with wildcards, split into its six parts. If it ends early in `*`, the remaining parts are wildcards. */
function arnParts(pattern: string): readonly string[] {
  const pieces = pattern.split(":");
  const open = pieces.length < ARN_PARTS;
  const parts = [...pieces.slice(0, ARN_PARTS - 1), pieces.slice(ARN_PARTS - 1).join(":")];
  return ARN_FILLS.map((_, index) => (open && index >= pieces.length ? "*" : (parts[index] ?? "")));
}

function fillArn(parts: readonly string[], last: string): string {
  return parts
    .map((part, index) => fillWildcards(part, index === ARN_PARTS - 1 ? last : (ARN_FILLS[index] ?? OTHER)))
    .join(":");
}

function commonArn(left: readonly string[], right: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const [index, fill] of ARN_FILLS.entries()) {
    const part = commonText(left[index] ?? "", right[index] ?? "", fill);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.join(":");
}

/**
 * Like {@link textsOf}, for ARNs: no wildcard reaches beyond one of the first five parts. Each example has its pattern.
 */
export function arnsOf(patterns: readonly string[]): ReadonlyMap<string, string> {
  const arns = patterns.filter((pattern) => pattern.startsWith("arn:"));
  const found = new Map<string, string>();
  const add = (arn: string | undefined, pattern: string): void => {
    if (arn !== undefined && !found.has(arn)) found.set(arn, pattern);
  };
  const parts = new Map(arns.map((pattern) => [pattern, arnParts(pattern)]));
  for (const [pattern, own] of parts) {
    add(fillArn(own, OTHER), pattern);
    add(fillArn(own, ""), pattern);
    if (!/[*?]/.test(pattern)) continue;
    for (const [other, others] of parts) if (other !== pattern) add(commonArn(own, others), other);
  }
  return found;
}
