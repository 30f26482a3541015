import type { Fate } from "../closed-world/table";
import type { MatrixName } from "../matrices/matrix";

/** Everything that the page shows: written by {@link pageData}, read in the browser. */
export interface PageData {
  readonly environment: string;
  readonly region: string;
  /** ISO 8601. */
  readonly provedAt: string;
  /** Names. Group 0 is what the lines of business share; each other group is one line of business. */
  readonly groups: readonly string[];
  readonly cellCount: number;
  readonly surpriseCount: number;
  /** Number of cells whose outcome the state cannot fully prove. */
  readonly unprovenCount: number;
  /** Numbers of attributes with a value, by what the table says of them. */
  readonly attributes: Readonly<Record<Fate["kind"], number>>;
  /** Readable names by id: `rtb-0abc` is "route table of lob-a". */
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
  /** The cells row by row, as runs of equal ones: index of the kind, number of cells, index, number, … */
  readonly runs: readonly number[];
}

export interface AxisItem {
  readonly id: string;
  /** Short form, for the table's header cells. */
  readonly label: string;
  /** The label with placeholders for the line of business, the user and the account. */
  readonly shape: string;
  /** Index into {@link PageData.groups}. */
  readonly group: number;
}

/** Everything that a cell shows. Many cells share one kind. */
export interface CellKind {
  readonly outcome: string;
  readonly expected: string;
  /** The outcome with placeholders for the line of business, the user and the account. */
  readonly shape: string;
  readonly reason: string;
  /** What the state cannot prove of the outcome. */
  readonly unproven?: string;
  readonly steps: readonly string[];
  /** Of a red cell: the resources and attributes that its reason names, `lob-a: aws_route_table.…, route`. */
  readonly behind?: readonly string[];
}

/** The network as boxes with rows, and lines between boxes. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  /** Id of the box or row that is drawn for another id: for a route table its VPC. */
  readonly standsFor: Readonly<Record<string, string>>;
}

export interface Box {
  readonly id: string;
  readonly kind: "spoke" | "hub" | "gateway" | "outside";
  readonly title: string;
  readonly subtitle: string;
  /** 12 digits; empty for a box that belongs to no account. */
  readonly account: string;
  readonly group: number;
  readonly rows: readonly { readonly id: string; readonly label: string; readonly kind: RowKind }[];
}

export type RowKind = "program" | "endpoint" | "table" | "resolver";

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether the connection is not in the state, or not in use. */
  readonly dashed: boolean;
}
