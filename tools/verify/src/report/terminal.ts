import { table, type Cell as TableCell } from "@studio-access/terraform-cli/table";

import { attributesByFate } from "../closed-world/closed-world";
import type { Cell, UnprovenCells } from "../matrices/compare";
import { MATRICES, UNKNOWN } from "../matrices/matrix";
import type { Verification } from "../verify";
import { shortId } from "./short-id";

/** Surprises beyond this number are counted, not listed: one fault can turn thousands of cells red. */
const MAX_LISTED = 40;

/** A line per matrix, what becomes of the attributes, then every surprise with its reason, what cannot be told first. */
export function terminalReport(verification: Verification): string {
  const { matrices, model, surprises, unproven } = verification;
  const rows = matrices.map(({ name, cellCount, workedOut, surprises: own }) => [
    MATRICES[name],
    cellCount,
    workedOut,
    surpriseCount(pairsOf(own)),
  ]);
  return [
    table(["proof", "cells", "worked out", "surprises"], rows),
    attributesLine(attributesByFate(model.resources)),
    "",
    ...listSurprises(surprises),
    ...listUnproven(unproven),
    verdictOf(verification),
    "",
  ].join("\n");
}

function attributesLine({ modelled, fixed, free }: ReturnType<typeof attributesByFate>): string {
  return `Attributes with a value: ${modelled} modelled, ${fixed} fixed, ${free} free`;
}

function surpriseCount(count: number): TableCell {
  return count === 0 ? "none" : { word: String(count), outcome: "failure" };
}

/** The pairs for which cells stand. */
export function pairsOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { pairs }) => sum + pairs, 0);
}

/** One line: all cells are as expected, or the number of surprises. */
export function verdictOf({ environment, matrices, surprises, unproven }: Verification): string {
  const cells = matrices.reduce((sum, { cellCount }) => sum + cellCount, 0);
  const unprovenCount = unproven.reduce((sum, { count }) => sum + count, 0);
  const open = unprovenCount === 0 ? "" : `, ${unprovenCount} of them only as far as the state tells`;
  return surprises.length === 0
    ? `${environment}: all ${cells} cells are as the config calls for${open}`
    : `${environment}: ${pairsOf(surprises)} of ${cells} cells are a surprise`;
}

/** One line for all cells that are unproven for the same reason: a policy outside the state can affect many of a role's. */
function listUnproven(open: readonly UnprovenCells[]): readonly string[] {
  return open.map(({ matrix, row, column, unproven, count }) => {
    const more = count === 1 ? "" : ` and ${count - 1} more`;
    return `~ ${matrix}: ${shortId(row)} → ${shortId(column)}${more}: ${unproven}`;
  });
}

function listSurprises(surprises: readonly Cell[]): readonly string[] {
  if (surprises.length === 0) return [];
  // What cannot be told comes first: whether it is right or wrong is not known.
  const untold = ({ outcome }: Cell): number => (outcome === UNKNOWN ? 0 : 1);
  const ordered = [...surprises].sort((one, other) => untold(one) - untold(other));
  const lines = ordered.slice(0, MAX_LISTED).map((cell) => {
    const { matrix, row, column, pairs, outcome, expected, reason } = cell;
    const alike = pairs === 1 ? "" : ` and ${pairs - 1} more like it`;
    const what = outcome === UNKNOWN ? "cannot be told" : outcome;
    return `✗ ${matrix}: ${shortId(row)}${alike} → ${shortId(column)}: ${what}, expected ${expected} (${reason})`;
  });
  const more = surprises.length - MAX_LISTED;
  return more > 0 ? [...lines, `… and ${more} more: \`--json FILE\` writes all`] : lines;
}
