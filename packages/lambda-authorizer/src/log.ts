import type { DenialCode } from "./denial";

/** One line of the log. Closed on purpose: no field can hold an event, a token or a claim. */
export interface LogLine {
  readonly level: "INFO" | "WARN" | "ERROR";
  readonly message: string;
  readonly code:
    "own_path_allowed" | "jwks_unavailable" | "jwks_reading_failed" | "internal_error" | DenialCode;
  /** API Gateway's id of the request; absent on lines that belong to no request. */
  readonly requestId?: string;
  readonly decision?: "allow" | "deny" | "error";
  /** Names the kind of failure. */
  readonly reason?: string;
}

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
