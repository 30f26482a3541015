import type { CellListener } from "../matrices/heard";
import type { CellResult, MatrixName } from "../matrices/matrix";
import type { CellKind } from "./page-data";

/** In a matrix with more cells than this, only cells that are allowed or are surprises keep their steps. */
const ALL_STEPS = 20_000;
/** With more different kinds of cells than this, the page gets too large for a browser to open quickly. */
const MAX_KINDS = 60_000;

const SHUT = new Set(["no", "refused", "apart", "stopped", "itself", "not asked", "stays in the network"]);

export type RecordedKind = Omit<CellKind, "shape">;

export interface Recorded {
  readonly name: MatrixName;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly kinds: readonly RecordedKind[];
  readonly runs: readonly number[];
}

/** Keeps every cell of every matrix as runs of equal cells: most cells are equal to the one before. */
export class CellRecorder implements CellListener {
  readonly matrices: Recorded[] = [];
  #kinds: RecordedKind[] = [];
  #runs: number[] = [];
  #byText = new Map<string, number>();
  #allSteps = true;

  begin(name: MatrixName, rows: readonly string[], columns: readonly string[]): void {
    this.#kinds = [];
    this.#runs = [];
    this.#byText = new Map();
    this.#allSteps = rows.length * columns.length <= ALL_STEPS;
    this.matrices.push({ name, rows, columns, kinds: this.#kinds, runs: this.#runs });
  }

  cell(answer: CellResult, expected: string): void {
    const kind = this.#kindOf(answer, expected);
    const last = this.#runs.length - 2;
    if (this.#runs[last] === kind) this.#runs[last + 1] = (this.#runs[last + 1] ?? 0) + 1;
    else this.#runs.push(kind, 1);
  }

  #kindOf({ outcome, reason, unproven, steps }: CellResult, expected: string): number {
    const keepsSteps = this.#allSteps || outcome !== expected || !SHUT.has(outcome);
    const shownSteps = keepsSteps ? (steps?.() ?? []) : [];
    const full = this.#kinds.length >= MAX_KINDS && outcome === expected;
    const shownReason = full ? "left out of this page for its size; see npm run verify -- --json" : reason;
    const text = [outcome, expected, shownReason, unproven ?? "", ...shownSteps].join("\n");
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    this.#byText.set(text, this.#kinds.length);
    const kind = { outcome, expected, reason: shownReason, steps: shownSteps };
    return this.#kinds.push(unproven === undefined ? kind : { ...kind, unproven }) - 1;
  }
}
