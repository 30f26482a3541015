import { createWriteStream } from "node:fs";

/** One line of the request log. Holds no body, header or query: those carry tokens and presigned URLs. */
export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly account: string | undefined;
  readonly status: number;
  readonly ms: number;
  /** `moto` when the call was forwarded to moto, with or without corrections; otherwise `local`. */
  readonly by: "local" | "moto";
  /** Endpoint that the call came through, when it came from inside the network. */
  readonly vpcEndpointId?: string;
  /** The local AWS's own error; absent for errors that AWS would return as well. */
  readonly fault?: string;
}

export interface RequestLog {
  write(entry: LogEntry): void;
  close(): Promise<void>;
}

/** A log of JSON lines, appended to a file. */
export function fileRequestLog(path: string): RequestLog {
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  return {
    write: (entry) => void stream.write(`${JSON.stringify(entry)}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
