import { groupBy, type Expected, type Matrix } from "./matrix";

/** Rows with equal cells in one column: one of them is worked out. */
interface CellClass {
  readonly row: string;
  readonly size: number;
  readonly members: () => readonly string[];
}

type ClassesOf = (column: string) => readonly CellClass[];

function classOf(rows: readonly string[]): readonly CellClass[] {
  const [row] = rows;
  return row === undefined ? [] : [{ row, size: rows.length, members: () => rows }];
}

/**
 * The classes of rows of each column: those of the matrix, cut further where the config calls for different outcomes. Rows
 * that only the state or only the config has are never in one class with others.
 */
export function cellClasses(matrix: Matrix, expected: Expected, rows: readonly string[]): ClassesOf {
  const { classes } = matrix;
  const { special } = expected;
  const everyRow = rows.flatMap((row) => classOf([row]));
  if (classes === undefined || special === undefined) return () => everyRow;
  const deployed = new Set(matrix.rows);
  const called = new Set(expected.rows);
  const columns = new Set(matrix.columns);
  const cut = (group: readonly string[]): readonly (readonly string[])[] => [
    ...groupBy(group, (row) => called.has(row)).values(),
  ];
  const groups = [...classes.groups.flatMap(cut), rows.filter((row) => !deployed.has(row))];
  const groupOf = new Map(groups.flatMap((group, index) => group.map((row) => [row, index] as const)));
  return (column) => {
    const singled = new Set(special(column).filter((row) => groupOf.has(row)));
    const apart = (columns.has(column) ? classes.apart(column) : [])
      .map((group) => group.filter((row) => !singled.has(row)))
      .flatMap(cut);
    const own = [...[...singled].map((row) => [row]), ...apart];
    const gone = new Set(own.flat());
    const counts = groups.map(({ length }) => length);
    for (const row of gone) {
      const index = groupOf.get(row) ?? 0;
      counts[index] = (counts[index] ?? 0) - 1;
    }
    const rest = groups.flatMap((group, index): readonly CellClass[] => {
      const size = counts[index] ?? 0;
      const row = size === 0 ? undefined : group.find((one) => !gone.has(one));
      return row === undefined ? [] : [{ row, size, members: () => group.filter((one) => !gone.has(one)) }];
    });
    return [...own.flatMap(classOf), ...rest];
  };
}
