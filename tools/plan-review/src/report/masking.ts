import { leavesOf } from "../model/marks";
import { isRecord } from "@studio-access/terraform";
import type { StackPlan } from "../model";
import type { Config } from "@studio-access/config";

/** Replaces all secrets in a text by labels. Every text of a report passes through it. */
export type Mask = (text: string) => string;

/** Shorter values occur in every text: hiding them would make reports unreadable and protect nothing. */
const SHORTEST_SECRET = 4;

/** Values that are common in every plan. */
const COMMON: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** Shown in place of a sensitive value. */
export const SENSITIVE = "‹sensitive›";

/**
 * Hides the values that any stack keeps secret in the part of every stack, since the same value may appear elsewhere
 * without a mark. Values of the config are shown: whoever reads the review can read the config too.
 */
export function maskOf(stacks: readonly StackPlan[], config: Config): Mask {
  const open = new Set(leavesOf(config).map(([, leaf]) => leaf));
  const labels = new Map<string, string>();
  for (const { value, label } of stacks.flatMap(({ secrets }) => secrets))
    if (value.length >= SHORTEST_SECRET && !COMMON.has(value) && !open.has(value) && !labels.has(value))
      labels.set(value, `‹${label}›`);
  // The longest first: an ARN is replaced as a whole, even where the name inside it is another secret.
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

/** Characters that JSON escapes. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

/** A pattern that matches the value in plain text, in JSON, and in JSON nested in JSON to any depth. */
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
  // A number may be secret as well; a number that is not secret stays a number.
  if (typeof value === "number") return mask(String(value)) === String(value) ? value : mask(String(value));
  if (Array.isArray(value)) return value.map((item: unknown) => maskedDeep(item, mask));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskedDeep(item, mask)]));
}
