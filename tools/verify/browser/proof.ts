import type { AxisItem, CellKind, PageMatrix } from "../src/page/page-data";

/** The title of each matrix's tab. */
export const PROOF_NAMES: Readonly<Record<PageMatrix["name"], string>> = {
  reach: "Reach",
  presign: "Presign",
  networks: "Networks",
  transit: "Transit Gateway",
  assume: "Assume role",
  data: "Tables",
  endpoints: "Endpoints",
  settings: "Settings",
};

/** One cell of a matrix, by the indexes of its row and column. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** A matrix of the page, with its runs unpacked to one kind per cell. */
export class Proof {
  readonly name: PageMatrix["name"];
  readonly title: string;
  readonly rows: readonly AxisItem[];
  readonly columns: readonly AxisItem[];
  readonly surprises: readonly CellPlace[];
  readonly #kinds: readonly CellKind[];
  readonly #cells: Uint32Array;

  constructor({ name, title, rows, columns, kinds, runs }: PageMatrix) {
    this.name = name;
    this.title = title;
    this.rows = rows;
    this.columns = columns;
    this.#kinds = kinds;
    this.#cells = unpacked(runs, rows.length * columns.length);
    this.surprises = this.#findSurprises();
  }

  get cellCount(): number {
    return this.#cells.length;
  }

  /** @throws {RangeError} when there is no such cell */
  kind({ row, column }: CellPlace): CellKind {
    const kind = this.#kinds[this.#cells[row * this.columns.length + column] ?? -1];
    if (kind === undefined) throw new RangeError(`no cell ${row}, ${column} in ${this.name}`);
    return kind;
  }

  #findSurprises(): readonly CellPlace[] {
    const surprising = new Set(
      this.#kinds.flatMap(({ outcome, expected }, index) => (outcome === expected ? [] : [index])),
    );
    if (surprising.size === 0) return [];
    const width = this.columns.length;
    const found: CellPlace[] = [];
    this.#cells.forEach((kind, index) => {
      if (surprising.has(kind)) found.push({ row: Math.floor(index / width), column: index % width });
    });
    return found;
  }
}

function unpacked(runs: readonly number[], length: number): Uint32Array {
  const cells = new Uint32Array(length);
  let at = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const until = at + (runs[index + 1] ?? 0);
    cells.fill(runs[index] ?? 0, at, until);
    at = until;
  }
  return cells;
}

/** The groups that the rows and columns of surprises belong to. */
export function groupsWithSurprises(proof: Proof): ReadonlySet<number> {
  return new Set(
    proof.surprises.flatMap(({ row, column }) => [
      proof.rows[row]?.group ?? 0,
      proof.columns[column]?.group ?? 0,
    ]),
  );
}
