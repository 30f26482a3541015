import type { RefusalCode } from "@studio-access/shared-types";
import type { RefusalReason } from "./refusal";

interface Line {
  readonly level: "INFO" | "WARN" | "ERROR";
  readonly message: string;
  /** API Gateway's id of the request. */
  readonly requestId: string;
  readonly milliseconds: number;
}

/** One line of the log. Closed on purpose: no field can hold an event, a token or a URL. */
export type LogLine =
  | (Line & { readonly outcome: "redirected" | "answered" })
  | (Line & {
      readonly code: RefusalCode;
      readonly reason: RefusalReason;
      /** Name of the error behind `internal_error`, never its message. */
      readonly error?: string;
    });

export type Log = (line: LogLine) => void;

/** Straight to stdout: console would put a prefix before each line in Lambda's text format, and metric filters parse JSON. */
export const writeLog: Log = (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
