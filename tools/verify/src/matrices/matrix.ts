/** What one cell says by the deployed state. */
export interface CellResult {
  /** A few words, compared with the expected ones: `no`, `sagemaker-api + studio`, `endpoint networking/sts`, … */
  readonly outcome: string;
  /** One clause, for people. */
  readonly reason: string;
  /** What the state cannot prove of the outcome. Absent where it proves all of it. */
  readonly unproven?: string;
  /** The hops of a connection, or what each policy said. Called only for cells that are shown. */
  readonly steps?: () => readonly string[];
}

/** The same question for every row and column. Each cell is worked out on demand: a large environment has millions. */
export interface Matrix {
  readonly name: MatrixName;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  cell(row: string, column: string): CellResult;
  /** Which rows have equal cells. Absent: nothing is known of that, and every cell is worked out. */
  readonly classes?: RowClasses | undefined;
}

/**
 * Rows that no policy tells apart, so that one cell stands for many. A large environment has millions of pairs, nearly all of
 * strangers to each other.
 */
export interface RowClasses {
  /** Every row is in one of them. */
  readonly groups: readonly (readonly string[])[];
  /** Rows that this column tells apart from the others of their groups, again by classes. */
  apart(column: string): readonly (readonly string[])[];
}

/** What the config alone calls for in the same matrix. */
export interface Expected {
  readonly name: MatrixName;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Is called for rows and columns that only the state has, too: then the outcome is {@link UNEXPECTED}. */
  outcome(row: string, column: string): string;
  /** The rows whose outcome in a column differs from that of the config's other rows. Absent: it may be any. */
  readonly special?: (column: string) => readonly string[];
}

export const MATRICES = {
  reach: "Which vantage reaches which service, and through which endpoint",
  networks: "Which network reaches which other, by the routes that there are",
  transit: "Which network the Transit Gateway joins with which, whatever the VPCs' own routes say",
  presign: "Who may open whose Studio, and from which endpoints",
  assume: "Who may assume which role",
  data: "Who may read and write the tables of users and lines of business",
  endpoints: "Whom each endpoint's policy lets through",
  settings: "Settings and rows that the proofs rest on",
} as const;

export type MatrixName = keyof typeof MATRICES;

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * Items by their ids. A second item with the same id gets an id of its own, so that it is judged as well; the config calls for
 * one.
 */
export function byId<T>(items: readonly T[], idOf: (item: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const id = idOf(item);
    let [unique, number] = [id, 1];
    while (found.has(unique)) unique = `${id} (${++number})`;
    found.set(unique, item);
  }
  return found;
}

/** The config calls for the row or column, and the state does not hold it. */
export const MISSING = "not deployed";
/** The state holds the row or column, and the config does not call for it. */
export const UNEXPECTED = "not in the config";
/** The evaluator refuses the policies, because any decision would be a guess. */
export const UNKNOWN = "unknown";
