import type { RefusalCode } from "@studio-access/shared-types";
import type { RefusalReason } from "./refusal";

interface Line {
  readonly level: "INFO" | "WARN" | "ERROR";
  readonly message: string;
  /** API Gateway's id of the request; Lambda's, where an operator asked. */
  readonly requestId: string;
  readonly milliseconds: number;
  /** Present where the function serves operators. Who the operator was, CloudTrail says of that request id. */
  readonly operator?: OperatorNote;
}

/** The checked fields of an operator's event; empty if the event is malformed. Only here can a log line hold a name. */
export interface OperatorNote {
  readonly userName?: string;
  readonly reason?: string;
}

/** `tested`: an operator got no URL; `handed_over`: an operator got one. */
export type Outcome = "redirected" | "answered" | "tested" | "handed_over";

/** One line of the log. Closed on purpose: no field can hold an event, a token or a URL. */
export type LogLine =
  | (Line & { readonly outcome: Outcome })
  | (Line & {
      /** `pending`: they are told to ask again. `failed`: through a fault of ours, or of AWS. */
      readonly outcome: "pending" | "refused" | "failed";
      readonly code: RefusalCode;
      readonly reason: RefusalReason;
      /** Name of the error behind `internal_error`, never its message. */
      readonly error?: string;
    });

export type Log = (line: LogLine) => void;

/**
 * Straight to stdout: console would put a prefix before each line in Lambda's text format, and metric filters parse JSON. With
 * JSON logging, Lambda keeps a line's level only where the line also has a timestamp.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export const writeLog: Log = (line) => {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...line })}\n`);
};
