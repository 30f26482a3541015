import type { Mask } from "./masking";

/** Longer texts are cut. */
const LONGEST_TEXT = 300;

/** A value on one line, masked: texts in quotes, lists and objects as JSON. */
export function valueText(value: unknown, mask: Mask): string {
  // Masked before it is cut: half a secret is still secret.
  return cut(visible(mask(typeof value === "string" ? JSON.stringify(mask(value)) : compact(value, mask))));
}

function compact(value: unknown, mask: Mask): string {
  return JSON.stringify(value ?? null, (_key, item: unknown) =>
    typeof item === "string" ? mask(item) : item,
  );
}

/**
 * The text with its invisible characters escaped: line ends, control characters, and characters that change the
 * direction of writing, which make a text look different from its content.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT)}… (${text.length - LONGEST_TEXT} more characters)`;
}
