/** Longest line, as Prettier prints this project's files. */
const WIDTH = 110;

/**
 * A value as JSON text, laid out as the config files are: an object has a line per key, except one with a single text; a list of
 * texts stands on one line where it fits.
 *
 * @param space white space before the entry: a line break and its indentation, or what separates entries on one line
 */
export function entryText(value: unknown, space: string): string {
  const [lineBreak, indentation = ""] = /^(\r?\n)[\s\S]*?([ \t]*)$/.exec(space)?.slice(1) ?? [];
  if (lineBreak === undefined) return JSON.stringify(value);
  // Entries of linesOfBusiness stand two levels deep.
  const unit = indentation.slice(0, Math.ceil(indentation.length / 2)) || "  ";
  return laidOut(value, { lineBreak, unit }, indentation);
}

interface Layout {
  readonly lineBreak: string;
  readonly unit: string;
}

function laidOut(value: unknown, layout: Layout, indentation: string, before = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = indentation + layout.unit;
  const [open, close, parts] = Array.isArray(value)
    ? (["[", "]", value.map((entry) => laidOut(entry, layout, inner))] as const)
    : (["{", "}", Object.entries(value).map(([key, entry]) => member(key, entry, layout, inner))] as const);
  const pad = open === "{" ? " " : "";
  const line = `${open}${pad}${parts.join(", ")}${pad}${close}`;
  const fits = indentation.length + before + line.length < WIDTH;
  if (parts.length === 0 || (isShort(value) && fits)) return parts.length === 0 ? open + close : line;
  const { lineBreak } = layout;
  return `${open}${lineBreak}${parts.map((part) => inner + part).join(`,${lineBreak}`)}${lineBreak}${indentation}${close}`;
}

function member(key: string, value: unknown, layout: Layout, indentation: string): string {
  const name = `${JSON.stringify(key)}: `;
  return name + laidOut(value, layout, indentation, name.length);
}

/** What stands on one line where it fits: a list of texts, and an object of one text. */
function isShort(value: object): boolean {
  const parts: readonly unknown[] = Object.values(value);
  return (Array.isArray(value) || parts.length === 1) && parts.every((part) => typeof part === "string");
}
