import { applyEdits, type Node } from "jsonc-parser";

/**
 * Edits of a list in a JSON text that leave every other character as it is: what was appended and is removed again gives the
 * same text, byte for byte.
 *
 * The parser's own `modify` does not: it lays the list out anew, or, without layout options, cuts into the entry before the
 * last.
 */

/** Appends an entry to a list, laid out like the entry before it. @param entry JSON text */
export function appended(text: string, list: Node, entry: string): string {
  const entries = list.children ?? [];
  const last = entries.at(-1);
  if (last === undefined) return inserted(text, list.offset + 1, entry);
  return inserted(text, endOf(last), `,${spaceBefore(text, list)}${entry}`);
}

/** Removes the entry of this index, with its comma. */
export function removed(text: string, list: Node, index: number): string {
  const entries = list.children ?? [];
  const [before, entry, after] = [entries[index - 1], entries[index], entries[index + 1]];
  if (entry === undefined) return text;
  if (after !== undefined) return cut(text, entry.offset, after.offset);
  return cut(text, before === undefined ? entry.offset : endOf(before), endOf(entry));
}

/** White space between the comma before an entry and the entry, as the list's last entry has it. */
export function spaceBefore(text: string, list: Node): string {
  const [last, previous] = (list.children ?? []).toReversed();
  if (last === undefined) return "";
  const from = previous === undefined ? list.offset + 1 : text.indexOf(",", endOf(previous)) + 1;
  const space = text.slice(from, last.offset);
  // The first entry of a list on one line stands next to the bracket.
  return previous === undefined && !space.includes("\n") ? " " : space;
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function inserted(text: string, offset: number, content: string): string {
  return applyEdits(text, [{ offset, length: 0, content }]);
}

function cut(text: string, from: number, to: number): string {
  return applyEdits(text, [{ offset: from, length: to - from, content: "" }]);
}
