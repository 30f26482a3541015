import { leavesOf } from "../model/marks";
import { isRecord } from "../model/plan-json";
import type { StackPlan } from "../model";
import type { ReviewedConfig } from "../reviewed-config";

/** Takes out of a text all that must not be shown. Wherever a text goes out, it goes through this. */
export type Mask = (text: string) => string;

/** Of shorter values every text is full: hiding them would hide everything and protect nothing. */
const SHORTEST_SECRET = 4;

/** Every provider has these as values. */
const COMMON: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** What stands where a sensitive value is. */
export const SENSITIVE = "‹sensitive›";

/**
 * Hides, in every stack's part, the values that any of the stacks keeps secret: a value that is sensitive in one place
 * is the same value in another. What stands in the config is shown all the same: whoever reads the review reads that too.
 */
export function maskOf(stacks: readonly StackPlan[], config: ReviewedConfig): Mask {
  const open = new Set(leavesOf(config).map(([, leaf]) => leaf));
  const labels = new Map<string, string>();
  for (const { value, label } of stacks.flatMap(({ secrets }) => secrets)) {
    if (value.length < SHORTEST_SECRET || COMMON.has(value) || open.has(value)) continue;
    for (const spelling of spellingsOf(value)) if (!labels.has(spelling)) labels.set(spelling, `‹${label}›`);
  }
  if (labels.size === 0) return (text) => text;
  // The longest first: an ARN is one value, though the name in it is another.
  const longestFirst = [...labels.keys()].sort((a, b) => b.length - a.length);
  const any = new RegExp(
    longestFirst.map((value) => value.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|"),
    "g",
  );
  return (text) => text.replace(any, (found) => labels.get(found) ?? SENSITIVE);
}

/** As it is, and as it stands in a text of JSON, and in such a text in JSON. */
function spellingsOf(value: string): ReadonlySet<string> {
  const once = inJson(value);
  return new Set([value, once, inJson(once)]);
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The same value with every text in it masked. */
export function maskedDeep(value: unknown, mask: Mask): unknown {
  if (typeof value === "string") return mask(value);
  // A number may be a secret as well; it stays a number where it is none.
  if (typeof value === "number") return mask(String(value)) === String(value) ? value : mask(String(value));
  if (Array.isArray(value)) return value.map((item: unknown) => maskedDeep(item, mask));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskedDeep(item, mask)]));
}
