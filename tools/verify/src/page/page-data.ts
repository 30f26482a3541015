import type { MatrixName } from "../matrices/matrix";

/** Everything that the page shows: written by {@link pageData}, read in the browser. */
export interface PageData {
  readonly environment: string;
  readonly region: string;
  /** ISO 8601. */
  readonly provedAt: string;
  /** Group 0 is what the lines of business share; the others are one line of business each. */
  readonly groups: readonly string[];
  readonly cellCount: number;
  readonly surpriseCount: number;
  /** Cells that hold as far as the state tells, and leave something open. */
  readonly unprovenCount: number;
  /** What an id stands for: `rtb-0abc` is "route table of lob-a". */
  readonly names: Readonly<Record<string, string>>;
  readonly drawing: Drawing;
  readonly matrices: readonly PageMatrix[];
}

export interface PageMatrix {
  readonly name: MatrixName;
  readonly title: string;
  readonly rows: readonly AxisItem[];
  readonly columns: readonly AxisItem[];
  readonly kinds: readonly CellKind[];
  /** Row by row: index of the kind, times how often in a row, and so on. */
  readonly runs: readonly number[];
}

export interface AxisItem {
  readonly id: string;
  /** Short form, for a table's margin. */
  readonly label: string;
  /** The label with the line of business, the user and the account left open. */
  readonly shape: string;
  /** Index into {@link PageData.groups}. */
  readonly group: number;
}

/** What many cells have in common. */
export interface CellKind {
  readonly outcome: string;
  readonly expected: string;
  /** The outcome with the line of business, the user and the account left open. */
  readonly shape: string;
  readonly reason: string;
  /** What the outcome leaves open: more than the state can tell. */
  readonly unproven?: string;
  readonly steps: readonly string[];
}

/** The network as boxes with rows, and lines between boxes. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** Box or row that stands for an id: a route table is drawn as its VPC, a vantage as its row. */
  readonly standsFor: Readonly<Record<string, string>>;
}

export interface Box {
  readonly id: string;
  readonly kind: "spoke" | "hub" | "gateway" | "outside";
  readonly title: string;
  readonly subtitle: string;
  /** 12 digits; empty where it is no account's. */
  readonly account: string;
  readonly group: number;
  readonly rows: readonly { readonly id: string; readonly label: string; readonly kind: RowKind }[];
}

export type RowKind = "program" | "endpoint" | "table" | "resolver";

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Not of the state, or not in use: a line that is drawn with gaps. */
  readonly dashed: boolean;
}
