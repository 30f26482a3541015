import { leavesOf } from "../model/marks";
import { isRecord } from "@studio-access/terraform";
import type { StackPlan } from "../model";
import type { Config } from "@studio-access/config";

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
export function maskOf(stacks: readonly StackPlan[], config: Config): Mask {
  const open = new Set(leavesOf(config).map(([, leaf]) => leaf));
  const labels = new Map<string, string>();
  for (const { value, label } of stacks.flatMap(({ secrets }) => secrets))
    if (value.length >= SHORTEST_SECRET && !COMMON.has(value) && !open.has(value) && !labels.has(value))
      labels.set(value, `‹${label}›`);
  // The longest first: an ARN is one value, though the name in it is another.
  const values = [...labels.keys()].sort((a, b) => b.length - a.length);
  const plain = values.filter((value) => !ESCAPED.test(value));
  const others = values
    .filter((value) => ESCAPED.test(value))
    .map((value) => [new RegExp(anySpelling(value), "g"), labels.get(value) ?? SENSITIVE] as const);
  const anyPlain = plain.length === 0 ? undefined : new RegExp(plain.map(literal).join("|"), "g");
  return (text) => {
    const rest = others.reduce((masked, [spelling, label]) => masked.replace(spelling, label), text);
    return anyPlain === undefined ? rest : rest.replace(anyPlain, (found) => labels.get(found) ?? SENSITIVE);
  };
}

/** What JSON writes in another way than it is. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

/** A pattern of the value as it is, in a text of JSON, and in such a text in JSON, however deep. */
function anySpelling(value: string): string {
  return Array.from(value)
    .map((character) => {
      if (!ESCAPED.test(character)) return literal(character);
      if (character === "\\") return "\\\\+";
      const inJson = JSON.stringify(character).slice(1, -1).replace(/^\\/, "");
      return character === '"' ? '\\\\*"' : `(?:${literal(character)}|\\\\+${literal(inJson)})`;
    })
    .join("");
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
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
