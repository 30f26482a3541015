import {
  paginateFilterLogEvents,
  ResourceNotFoundException,
  type CloudWatchLogsClient,
} from "@aws-sdk/client-cloudwatch-logs";
import { accessLogGroup, functionLogGroup, PRESIGN_ROLE, type Config } from "@studio-access/config";

/** The logs of a request, in the order in which it passes them. */
export const LOG_SOURCES = ["authorizer", "presign", "api"] as const;

export type LogSource = (typeof LOG_SOURCES)[number];

/** One line of a log. */
export interface LogLine {
  readonly source: LogSource;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly message: string;
}

export interface LogQuery {
  readonly sources: readonly LogSource[];
  /** A filter pattern of CloudWatch Logs; empty for every line. */
  readonly pattern: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** The log is not there: the access stack is not deployed in this account. */
class NoSuchLog extends Error {
  override readonly name = "NoSuchLog";
}

export function logGroupOf(config: Pick<Config, "environment">, source: LogSource): string {
  if (source === "api") return accessLogGroup(config);
  return functionLogGroup(config, source === "presign" ? PRESIGN_ROLE : source);
}

/** Lines of several logs that match a pattern, by time. @throws {NoSuchLog} */
export async function readLogs(
  client: CloudWatchLogsClient,
  config: Pick<Config, "environment">,
  { sources, pattern, since }: LogQuery,
): Promise<readonly LogLine[]> {
  const perSource = sources.map(async (source): Promise<readonly LogLine[]> => {
    const logGroupName = logGroupOf(config, source);
    const query = { logGroupName, startTime: since, ...(pattern === "" ? {} : { filterPattern: pattern }) };
    const lines: LogLine[] = [];
    try {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, query))
        for (const { timestamp = 0, message = "" } of events)
          lines.push({ source, time: timestamp, message: message.trimEnd() });
    } catch (error) {
      if (error instanceof ResourceNotFoundException)
        throw new NoSuchLog(`There is no log group ${logGroupName}: deploy the access stack first.`);
      throw error;
    }
    return lines;
  });
  return (await Promise.all(perSource)).flat().sort((one, other) => one.time - other.time);
}

/** Fields of a line that is a JSON object; undefined for any other line. */
export function fieldsOf(message: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** When the work began that a line tells the end of, in milliseconds since the epoch. */
export function beginOf({ time, message }: LogLine): number {
  const { milliseconds, responseLatency } = fieldsOf(message) ?? {};
  const took = Number(milliseconds ?? responseLatency ?? 0);
  return Number.isFinite(took) ? time - took : time;
}

/** Fields that the line begins with, or that say nothing new. */
const LEADING = new Set(["timestamp", "level", "message", "requestTime"]);

/** A line for people: when, where, how bad, and its fields. */
export function lineText({ source, time, message }: LogLine): string {
  const when = `${new Date(time).toISOString()}  ${source.padEnd(10)}`;
  const fields = fieldsOf(message);
  if (fields === undefined) return `${when}  ${masked(message)}`;
  const { level = "INFO", message: what = "" } = fields;
  const rest = Object.entries(fields).flatMap(([name, value]) =>
    LEADING.has(name) || value === "-" || value === "" ? [] : [`${name}=${text(value)}`],
  );
  const words = [String(level).padEnd(5), text(what), ...rest].filter((word) => word !== "");
  return `${when}  ${masked(words.join(" "))}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The functions write neither tokens nor URLs; a runtime's own message about a crash could hold one. */
function masked(line: string): string {
  return line.replaceAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, "(token)").replaceAll(/https?:\/\/[^\s"]+/g, "(URL)");
}
