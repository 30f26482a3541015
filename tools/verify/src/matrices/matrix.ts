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
}

/** What the config alone calls for in the same matrix. */
export interface Expected {
  readonly name: MatrixName;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Is called for rows and columns that only the state has, too: then the outcome is {@link UNEXPECTED}. */
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

/** The config calls for the row or column, and the state does not hold it. */
export const MISSING = "not deployed";
/** The state holds the row or column, and the config does not call for it. */
export const UNEXPECTED = "not in the config";
/** The evaluator refuses the policies, because any decision would be a guess. */
export const UNKNOWN = "unknown";
