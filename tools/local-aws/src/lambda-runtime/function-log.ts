import { appendFile } from "node:fs/promises";
import { join } from "node:path";

import type { LogDelivery, LogTarget } from "./log-delivery";

/** Lines kept in memory, newest last. */
const KEPT_LINES = 500;

/** The output of a function: kept in memory, appended to a file, and delivered to its log group. */
export class FunctionLog {
  readonly #lines: string[] = [];
  readonly #delivery: Pick<LogDelivery, "put">;
  readonly #file: string | undefined;
  #written: Promise<void> = Promise.resolve();

  /** @param directory - folder of the log files; when undefined, no files are written */
  constructor(name: string, delivery: Pick<LogDelivery, "put">, directory: string | undefined) {
    this.#delivery = delivery;
    this.#file = directory === undefined ? undefined : join(directory, `lambda-${name}.log`);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  write(target: LogTarget, line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    this.#delivery.put(target, line);
    const file = this.#file;
    if (file === undefined) return;
    this.#written = this.#written
      .then(() => appendFile(file, `${line}\n`, { mode: 0o600 }))
      .catch(() => undefined);
  }

  /** Waits until the file is written. */
  async close(): Promise<void> {
    await this.#written;
  }
}
