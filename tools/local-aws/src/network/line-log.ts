import { createWriteStream } from "node:fs";

/** A text log: one line for each event, which begins with the time. */
export interface LineLog {
  readonly write: (line: string) => void;
  close(): Promise<void>;
}

/** Appends to a file. */
export function lineLog(path: string): LineLog {
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  return {
    write: (line) => void stream.write(`${new Date().toISOString()} ${line}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
