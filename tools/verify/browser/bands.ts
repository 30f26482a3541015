import type { AxisItem } from "../src/page/page-data";
import type { CellPlace, Proof } from "./proof";

/** One line of a table: a single row or column, or all equal ones of the folded lines of business. */
export interface Band {
  readonly label: string;
  readonly title: string;
  readonly items: readonly number[];
  readonly folded: boolean;
  /** The group of a single item; undefined for folded ones. */
  readonly group: number | undefined;
}

/** The groups that are not folded; undefined: none is folded. */
export type OpenGroups = ReadonlySet<number> | undefined;

export function bandsOf(axis: readonly AxisItem[], open: OpenGroups): readonly Band[] {
  const folds = new Map<string, number[]>();
  const bands: (Band | { readonly shape: string })[] = [];
  axis.forEach(({ id, label, shape, group }, index) => {
    if (open === undefined || open.has(group) || group === 0) {
      bands.push({ label, title: id, items: [index], folded: false, group });
      return;
    }
    const fold = folds.get(shape);
    if (fold === undefined) {
      folds.set(shape, [index]);
      bands.push({ shape });
    } else fold.push(index);
  });
  return bands.map((band) =>
    "shape" in band ? foldOf(band.shape, folds.get(band.shape) ?? [], axis) : band,
  );
}

function foldOf(shape: string, items: readonly number[], axis: readonly AxisItem[]): Band {
  const groups = new Set(items.map((item) => axis[item]?.group)).size;
  const times = `× ${items.length}`;
  return {
    label: `${shape} ${times}`,
    title: `${items.length} in ${groups} lines of business`,
    items,
    folded: true,
    group: undefined,
  };
}

/** Whether row and column of a cell belong to the same line of business; empty where one of them belongs to none. */
type Relation = "own" | "other" | "";

/** The equal cells of a folded cell. */
export interface Tally {
  readonly relation: Relation;
  /** The outcome's shape, with placeholders for the names of the lines of business. */
  readonly outcome: string;
  readonly surprise: boolean;
  /** Whether they hold only as far as the state tells. */
  readonly unproven: boolean;
  readonly count: number;
  readonly examples: readonly CellPlace[];
}

const MAX_EXAMPLES = 4;

/** Counts the equal cells of two bands: surprises first, then cells within one line of business, then all others. */
export function talliesOf(proof: Proof, rows: Band, columns: Band): readonly Tally[] {
  const tallies = new Map<string, { tally: Omit<Tally, "count">; count: number; examples: CellPlace[] }>();
  for (const row of rows.items) {
    for (const column of columns.items) {
      const kind = proof.kind({ row, column });
      const relation = relationOf(proof.rows[row], proof.columns[column]);
      const surprise = kind.outcome !== kind.expected;
      const unproven = kind.unproven !== undefined;
      const key = `${relation}\n${kind.shape}\n${surprise}\n${unproven}`;
      const known = tallies.get(key);
      if (known === undefined) {
        const examples = [{ row, column }];
        tallies.set(key, {
          tally: { relation, outcome: kind.shape, surprise, unproven, examples },
          count: 1,
          examples,
        });
        continue;
      }
      known.count += 1;
      if (known.examples.length < MAX_EXAMPLES) known.examples.push({ row, column });
    }
  }
  return [...tallies.values()]
    .map(({ tally, count }) => ({ ...tally, count }))
    .sort((left, right) => rank(left) - rank(right));
}

function relationOf(row: AxisItem | undefined, column: AxisItem | undefined): Relation {
  if (row === undefined || column === undefined || row.group === 0 || column.group === 0) return "";
  return row.group === column.group ? "own" : "other";
}

function rank({ relation, surprise }: Omit<Tally, "count">): number {
  if (surprise) return 0;
  return relation === "own" ? 1 : 2;
}

/** With more rows or cells than this, a table is folded so that it can be read. */
const MAX_ROWS = 60;
const MAX_CELLS = 1_500;
const MAX_SURPRISING = 4;

/**
 * Which groups a table does not fold: the chosen one and the shared group. Without a choice none is folded, or in a large
 * environment all but the first few that hold a surprise.
 */
export function openGroups(
  proof: Proof,
  chosen: number | undefined,
  surprising: ReadonlySet<number>,
): OpenGroups {
  if (chosen !== undefined) return new Set([0, chosen]);
  if (proof.rows.length <= MAX_ROWS && proof.cellCount <= MAX_CELLS) return undefined;
  return new Set([0, ...[...surprising].filter((group) => group > 0).slice(0, MAX_SURPRISING)]);
}
