import { statementDifference, type PlainStatement } from "../policy-change";
import type { Mask } from "./masking";
import { visible } from "./value-text";

/**
 * The differences between two versions of a policy, as the lines of a diff: a line for each added or removed statement,
 * and for each field of a changed one.
 *
 * @returns undefined when these are not policies
 */
export function policyLines(before: unknown, after: unknown, mask: Mask): readonly string[] | undefined {
  if (![before, after].some(isDocument)) return undefined;
  const difference = statementDifference(before, after);
  if (difference === undefined) return undefined;
  const { added, removed, changed, unchanged } = difference;
  const lines = [
    ...removed.flatMap((statement) => statementLines("-", statement)),
    ...added.flatMap((statement) => statementLines("+", statement)),
    ...changed.flatMap(({ before: old, after: now, fields }) => [
      `  ${old.label === now.label ? now.label : `${old.label}, now ${now.label}`} (${now.effect}):`,
      ...fields.flatMap(({ field, removed: gone, added: come }) => [
        ...gone.map((value) => `-   ${field}: ${value}`),
        ...come.map((value) => `+   ${field}: ${value}`),
      ]),
    ]),
    ...(unchanged === 0 ? [] : [`  ${unchanged} ${unchanged === 1 ? "statement" : "statements"} as before`]),
  ];
  return lines.map((line) => visible(mask(line)));
}

function statementLines(sign: string, { label, effect, fields }: PlainStatement): readonly string[] {
  return [
    `${sign} ${label}: ${effect}`,
    ...Object.entries(fields).map(([field, values]) => `${sign}   ${field}: ${values.join(", ")}`),
  ];
}

/** Whether a value is the text of a policy. */
export function isDocument(value: unknown): boolean {
  return typeof value === "string" && /^\s*\{/.test(value) && value.includes('"Statement"');
}
