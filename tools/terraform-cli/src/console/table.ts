import { styleText } from "node:util";

import CliTable from "cli-table3";

/** How something ended; a table shows failures first. */
export type Outcome = "failure" | "warning" | "success";

/** A word that tells how something ended. Such words are all that is coloured. */
export interface OutcomeWord {
  readonly word: string;
  readonly outcome: Outcome;
}

export type Cell = string | number | OutcomeWord;

/** What the output can show. */
export interface Screen {
  /** Characters in a line. */
  readonly columns: number;
  readonly colors: boolean;
}

const COLORS = { failure: "red", warning: "yellow", success: "green" } as const;
const RANKS: readonly Outcome[] = ["failure", "warning", "success"];

/** Spaces between two columns. */
const GAP = "  ";

/** A column is made no narrower than this. */
const NARROWEST = 6;

const SIDES = ["top", "bottom", "left", "right", "mid"] as const;
const CORNERS = ["top-mid", "top-left", "top-right", "bottom-mid", "bottom-left", "bottom-right"] as const;
const CROSSINGS = ["left-mid", "mid-mid", "right-mid"] as const;
const NO_BORDER = Object.fromEntries([...SIDES, ...CORNERS, ...CROSSINGS].map((part) => [part, ""]));

/**
 * Rows below their headings, without borders: failures first, otherwise in the given order. A table that is wider than the
 * screen wraps the texts of its widest columns; nothing is cut off. Columns of numbers are aligned to the right.
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  screen: Screen = standardOutput(),
): string {
  const sorted = rows.toSorted((one, other) => rankOf(one) - rankOf(other));
  const texts = [heads, ...sorted.map((row) => row.map(textOf))];
  const widths = fitted(texts, screen.columns - GAP.length * (heads.length - 1));
  const drawn = new CliTable({
    chars: { ...NO_BORDER, middle: GAP },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colWidths: [...widths],
    colAligns: heads.map((_, column) =>
      rows.length > 0 && rows.every((row) => typeof row[column] === "number") ? "right" : "left",
    ),
  });
  drawn.push(heads.map((head, column) => wrapped(head, widths[column])));
  for (const row of sorted)
    drawn.push(row.map((cell, column) => painted(cell, wrapped(textOf(cell), widths[column]), screen)));
  // A copied line should not end in spaces.
  return drawn.toString().replaceAll(/ +$/gm, "");
}

/** A word in the colour of its outcome, where the screen has colours. */
export function outcomeText(word: OutcomeWord, screen: Screen = standardOutput()): string {
  return painted(word, word.word, screen);
}

/** A pipe has lines of any length, and gets no colours; nor does a terminal where `NO_COLOR` is set. */
function standardOutput({ stdout } = process): Screen {
  return { columns: stdout.isTTY ? stdout.columns : Infinity, colors: stdout.isTTY && stdout.hasColors() };
}

function painted(cell: Cell, text: string, { colors }: Screen): string {
  if (typeof cell !== "object" || !colors) return text;
  return styleText(COLORS[cell.outcome], text, { validateStream: false });
}

function rankOf(row: readonly Cell[]): number {
  const ranks = row.map((cell) => (typeof cell === "object" ? RANKS.indexOf(cell.outcome) : RANKS.length));
  return Math.min(...ranks);
}

function textOf(cell: Cell): string {
  return typeof cell === "object" ? cell.word : String(cell);
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length), 1);
}

/** Widths that fit, if they can: words stay whole first, and are broken only when that is not enough. */
function fitted(texts: readonly (readonly string[])[], available: number): readonly number[] {
  const columns = (texts[0] ?? []).map((_, column) => texts.map((row) => row[column] ?? ""));
  const natural = columns.map((column) => Math.max(...column.map(widthOf)));
  const longestWords = columns.map((column) =>
    Math.max(...column.map((text) => widthOf(text.replaceAll(" ", "\n")))),
  );
  return narrowed(
    narrowed(natural, longestWords, available),
    longestWords.map(() => NARROWEST),
    available,
  );
}

/** Takes from the widest column that is above its floor, and of these from the last, until all fit. */
function narrowed(
  natural: readonly number[],
  floors: readonly number[],
  available: number,
): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const above = widths.map((width, column) => (width > (floors[column] ?? 0) ? width : 0));
    const widest = Math.max(...above);
    if (widest === 0) break;
    widths[above.lastIndexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/** Wraps at spaces, and breaks a word only when it is longer than a line, such as an ARN: cli-table3 would cut it off. */
export function wrapped(text: string, width = Infinity): string {
  return text
    .split("\n")
    .map((line) => wrappedLine(line, width))
    .join("\n");
}

function wrappedLine(text: string, width: number): string {
  if (text.length <= width) return text;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((whole) => piecesOf(whole, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

function piecesOf(word: string, width: number): readonly string[] {
  return word.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
}
