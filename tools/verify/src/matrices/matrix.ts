/** What the model says in one cell. */
export interface CellResult {
  /** One word or few, to be compared: `no`, `sagemaker-api + studio`, `endpoint networking/sts`, … */
  readonly outcome: string;
  /** One clause, for people. */
  readonly reason: string;
  /** What the outcome leaves open: more than the state can tell. Absent where the state proves the outcome. */
  readonly unproven?: string;
  /** Hops of a way, or what each policy said. Worked out only for cells that are shown. */
  readonly steps?: () => readonly string[];
}

/** A question asked of every row and column. Cells are worked out when asked for: a large environment has millions. */
export interface Matrix {
  readonly name: MatrixName;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  cell(row: string, column: string): CellResult;
}

/** What the config alone says of the same question. */
export interface Expected {
  readonly name: MatrixName;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Also for rows and columns that the config knows nothing of. */
  outcome(row: string, column: string): string;
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

/** The config names it, and the state does not hold it. */
export const MISSING = "not deployed";
/** The state holds it, and the config does not account for it. */
export const UNEXPECTED = "not in the config";
/** The policies hold something of which the answer would be a guess. */
export const UNKNOWN = "unknown";
