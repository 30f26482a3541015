import { MISSING, type CellResult, type Expected, type Matrix, type MatrixName } from "./matrix";

/** One cell: its outcome by the deployed state, and the expected one by the config. */
export interface Cell {
  readonly matrix: MatrixName;
  readonly row: string;
  readonly column: string;
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
  readonly cellCount: number;
  readonly surprises: readonly Cell[];
  /** Cells whose outcome the state cannot fully prove. They are no surprises by themselves. */
  readonly unproven: readonly UnprovenCells[];
  /** Every cell; empty when there are more than `maxCells`. */
  readonly cells: readonly Cell[];
}

/** Is called with every cell, row by row. */
export interface CellListener {
  begin(matrix: MatrixName, rows: readonly string[], columns: readonly string[]): void;
  cell(answer: CellResult, expected: string): void;
}

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
  listener?.begin(matrix.name, rows, columns);
  const cells: Cell[] = [];
  const surprises: Cell[] = [];
  const open = new Map<string, UnprovenCells>();
  for (const row of rows) {
    const deployed = known.rows.has(row);
    for (const column of columns) {
      const answer =
        deployed && known.columns.has(column) ? matrix.cell(row, column) : absent(deployed ? column : row);
      const wanted = expected.outcome(row, column);
      listener?.cell(answer, wanted);
      const surprise = answer.outcome !== wanted;
      if (answer.unproven !== undefined) {
        const first = { matrix: matrix.name, row, column, unproven: answer.unproven, count: 0 };
        const known = open.get(answer.unproven) ?? first;
        open.set(answer.unproven, { ...known, count: known.count + 1 });
      }
      if (!keep && !surprise) continue;
      const cell = cellOf(matrix.name, [row, column], answer, wanted);
      if (keep) cells.push(cell);
      if (surprise) surprises.push(cell);
    }
  }
  return { cellCount, surprises, unproven: [...open.values()], cells };
}

function cellOf(
  matrix: MatrixName,
  [row, column]: readonly [string, string],
  { outcome, reason, unproven, steps }: CellResult,
  expected: string,
): Cell {
  return {
    matrix,
    row,
    column,
    outcome,
    expected,
    surprise: outcome !== expected,
    reason,
    unproven,
    steps: steps?.() ?? [],
  };
}

function absent(what: string): CellResult {
  return { outcome: MISSING, reason: `the config calls for ${what}, and the state does not hold it` };
}
