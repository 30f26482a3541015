import type { CellResult, MatrixName } from "./matrix";

/** Is called with every cell, row by row. */
export interface CellListener {
  begin(matrix: MatrixName, rows: readonly string[], columns: readonly string[]): void;
  cell(answer: CellResult, expected: string): void;
}

/** Keeps the answers of classes of rows, column by column, to tell them cell by cell, row by row. */
export class Heard {
  readonly #answers: { readonly answer: CellResult; readonly expected: string }[] = [];
  readonly #columns: Uint32Array[] = [];
  readonly #places: ReadonlyMap<string, number>;

  constructor(readonly rows: readonly string[]) {
    this.#places = new Map(rows.map((row, place) => [row, place]));
  }

  /** Begins a column. */
  begin(): void {
    this.#columns.push(new Uint32Array(this.rows.length));
  }

  add(rows: readonly string[], answer: CellResult, expected: string): void {
    const number = this.#answers.push({ answer, expected }) - 1;
    const column = this.#columns.at(-1);
    for (const row of rows) column?.fill(number, this.#places.get(row), (this.#places.get(row) ?? 0) + 1);
  }

  tell(listener: CellListener, name: MatrixName, columns: readonly string[]): void {
    listener.begin(name, this.rows, columns);
    for (const place of this.rows.keys()) {
      for (const column of this.#columns) {
        const told = this.#answers[column[place] ?? 0];
        if (told !== undefined) listener.cell(told.answer, told.expected);
      }
    }
  }
}
