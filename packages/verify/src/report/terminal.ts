import Table from "cli-table3";

import type { Cell } from "../matrices/compare";
import { MATRICES } from "../matrices/matrix";
import type { Verification } from "../verify";
import { shortId } from "./short-id";

/** Surprises beyond these are counted, not listed: one wrong thing can turn thousands of cells red. */
const MAX_LISTED = 40;

/** A line per matrix, then every surprise with its reason. */
export function terminalReport({ environment, matrices, surprises }: Verification): string {
  const summary = new Table({ head: ["Proof", "Cells", "Surprises"], style: { head: [], border: [] } });
  for (const { name, cellCount, surprises: own } of matrices)
    summary.push([MATRICES[name], cellCount, own.length]);
  const cells = matrices.reduce((sum, { cellCount }) => sum + cellCount, 0);
  const verdict =
    surprises.length === 0
      ? `${environment}: all ${cells} cells are as the config calls for`
      : `${environment}: ${surprises.length} of ${cells} cells are a surprise`;
  return [summary.toString(), ...listSurprises(surprises), verdict, ""].join("\n");
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
