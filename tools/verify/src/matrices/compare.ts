import { cellClasses } from "./cell-classes";
import { Heard, type CellListener } from "./heard";
import { MISSING, type CellResult, type Expected, type Matrix, type MatrixName } from "./matrix";

/** One cell: its outcome by the deployed state, and the expected one by the config. */
export interface Cell {
  readonly matrix: MatrixName;
  readonly row: string;
  readonly column: string;
  /** The number of rows for which it stands in this column: no policy tells them from its own. */
  readonly pairs: number;
  readonly outcome: string;
  readonly expected: string;
  /** Whether the outcome differs from the expected one. */
  readonly surprise: boolean;
  readonly reason: string;
  /** What the state cannot prove of the outcome; undefined where it proves all of it. */
  readonly unproven: string | undefined;
  readonly steps: readonly string[];
}

/** The cells of a matrix that are unproven for the same reason. */
export interface UnprovenCells {
  readonly matrix: MatrixName;
  /** The first of them. */
  readonly row: string;
  readonly column: string;
  readonly unproven: string;
  readonly count: number;
}

export interface Comparison {
  /** Pairs of a row and a column. */
  readonly cellCount: number;
  /** The cells that were worked out. Each of the others is equal to one of them. */
  readonly workedOut: number;
  readonly surprises: readonly Cell[];
  /** Cells whose outcome the state cannot fully prove. They are no surprises by themselves. */
  readonly unproven: readonly UnprovenCells[];
  /** Every cell; empty when there are more than `maxCells`. */
  readonly cells: readonly Cell[];
}

/** In a matrix with more pairs than this, a surprise stands for its whole class. */
const EVERY_PAIR = 20_000;

/** Compares every cell, also in rows and columns that only the state or only the config has. */
export function compare(
  matrix: Matrix,
  expected: Expected,
  { maxCells, listener }: { readonly maxCells: number; readonly listener?: CellListener | undefined },
): Comparison {
  const known = { rows: new Set(matrix.rows), columns: new Set(matrix.columns) };
  const rows = [...new Set([...expected.rows, ...matrix.rows])];
  const columns = [...new Set([...expected.columns, ...matrix.columns])];
  const cellCount = rows.length * columns.length;
  const keep = cellCount <= maxCells;
  const classesOf = cellClasses(matrix, expected, rows);
  const heard = listener && new Heard(rows);
  const place = new Map(rows.map((row, index) => [row, index]));
  const cells: Cell[] = [];
  const surprises: Cell[] = [];
  const open = new Map<string, UnprovenCells>();
  let workedOut = 0;
  for (const column of columns) {
    heard?.begin();
    for (const { row, size, members } of classesOf(column)) {
      workedOut += 1;
      const deployed = known.rows.has(row);
      const answer =
        deployed && known.columns.has(column) ? matrix.cell(row, column) : absent(deployed ? column : row);
      const wanted = expected.outcome(row, column);
      heard?.add(members(), answer, wanted);
      const surprise = answer.outcome !== wanted;
      if (answer.unproven !== undefined) {
        const first = { matrix: matrix.name, row, column, unproven: answer.unproven, count: 0 };
        const before = open.get(answer.unproven) ?? first;
        const earlier = (place.get(before.row) ?? 0) <= (place.get(row) ?? 0) ? before : first;
        open.set(answer.unproven, { ...earlier, count: before.count + size });
      }
      if (!keep && !surprise) continue;
      const cell = cellOf(matrix.name, { row, column, pairs: size }, answer, wanted);
      const each =
        cellCount <= EVERY_PAIR ? members().map((one) => ({ ...cell, row: one, pairs: 1 })) : [cell];
      if (keep) cells.push(...each);
      if (surprise) surprises.push(...each);
    }
  }
  if (listener !== undefined) heard?.tell(listener, matrix.name, columns);
  const byRow = (one: Cell, other: Cell): number => (place.get(one.row) ?? 0) - (place.get(other.row) ?? 0);
  return {
    cellCount,
    workedOut,
    surprises: surprises.sort(byRow),
    unproven: [...open.values()],
    cells: cells.sort(byRow),
  };
}

function cellOf(
  matrix: MatrixName,
  place: Pick<Cell, "row" | "column" | "pairs">,
  { outcome, reason, unproven, steps }: CellResult,
  expected: string,
): Cell {
  const surprise = outcome !== expected;
  return { matrix, ...place, outcome, expected, surprise, reason, unproven, steps: steps?.() ?? [] };
}

function absent(what: string): CellResult {
  return { outcome: MISSING, reason: `the config calls for ${what}, and the state does not hold it` };
}
