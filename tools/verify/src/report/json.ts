import { attributesByFate } from "../closed-world/closed-world";
import { MATRICES } from "../matrices/matrix";
import type { Verification } from "../verify";

/**
 * `{ environment, passed, attributes: { modelled, fixed, free }, matrices: [{ name, title, cellCount, workedOut, surprises, unproven, cells }] }`; `attributes` are
 * numbers of attributes with a value, by what the table says of them. A cell is
 * `{ row, column, pairs, outcome, expected, surprise, reason, unproven?, steps }`. `cells` is empty when a matrix has too many to
 * list; `unproven` of a matrix names the reasons why cells are unproven, each with the number of cells and the first one.
 */
export function jsonReport({ environment, model, matrices, surprises }: Verification): string {
  const report = {
    environment,
    passed: surprises.length === 0,
    attributes: attributesByFate(model.resources),
    matrices: matrices.map((matrix) => ({ ...matrix, title: MATRICES[matrix.name] })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
