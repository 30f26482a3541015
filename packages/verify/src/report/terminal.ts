import Table from "cli-table3";

import type { Cell } from "../matrices/compare";
import { MATRICES } from "../matrices/matrix";
import type { Verification } from "../verify";
import { shortId } from "./short-id";

/** Surprises beyond these are counted, not listed: one wrong thing can turn thousands of cells red. */
const MAX_LISTED = 40;

/** A line per matrix, then every surprise with its reason. */
export function terminalReport(verification: Verification): string {
  const { matrices, surprises } = verification;
  const summary = new Table({ head: ["Proof", "Cells", "Surprises"], style: { head: [], border: [] } });
  for (const { name, cellCount, surprises: own } of matrices)
    summary.push([MATRICES[name], cellCount, own.length]);
  return [summary.toString(), ...listSurprises(surprises), verdictOf(verification), ""].join("\n");
}

/** One line: all is well, or how much is not. */
export function verdictOf({ environment, matrices, surprises }: Verification): string {
  const cells = matrices.reduce((sum, { cellCount }) => sum + cellCount, 0);
  return surprises.length === 0
    ? `${environment}: all ${cells} cells are as the config calls for`
    : `${environment}: ${surprises.length} of ${cells} cells are a surprise`;
}

function listSurprises(surprises: readonly Cell[]): readonly string[] {
  if (surprises.length === 0) return [];
  const lines = surprises.slice(0, MAX_LISTED).map((cell) => {
    const { matrix, row, column, outcome, expected, reason } = cell;
    return `✗ ${matrix}: ${shortId(row)} → ${shortId(column)}: ${outcome}, expected ${expected} (${reason})`;
  });
  const more = surprises.length - MAX_LISTED;
  return more > 0 ? [...lines, `… and ${more} more: see the JSON report`] : lines;
}
