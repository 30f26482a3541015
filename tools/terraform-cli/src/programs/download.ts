import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** A download failed. The message names the URL without user, password and query. */
export class DownloadFailed extends Error {
  override readonly name = "DownloadFailed";
}

export interface DownloadOptions {
  /** Timeout for the whole transfer, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** @throws {DownloadFailed} */
export function downloadText(url: URL, options: DownloadOptions): Promise<string> {
  return transfer(url, options, (response) => response.text());
}

/** Downloads a small file into memory. @throws {DownloadFailed} */
export function downloadBytes(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  return transfer(url, options, async (response) => new Uint8Array(await response.arrayBuffer()));
}

/**
 * Streams a file to disk.
 *
 * @returns the file's SHA-256 in lower-case hex
 * @throws {DownloadFailed}
 */
export function downloadFile(url: URL, file: string, options: DownloadOptions): Promise<string> {
  return transfer(url, options, async (response, signal) => {
    const hash = createHash("sha256");
    const hashed = new Transform({
      transform(chunk: Buffer, _, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // Node and fetch declare the type of a web stream separately; the object is the same.
    const body = Readable.fromWeb((response.body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>);
    await pipeline(body, hashed, createWriteStream(file, { mode: 0o600, flags: "wx" }), { signal });
    return hash.digest("hex");
  });
}

/** A URL for messages, without credentials and query. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

async function transfer<Result>(
  url: URL,
  { timeoutMs, signal }: DownloadOptions,
  read: (response: Response, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  requireSafe(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  try {
    const response = await fetch(shownUrl(url) + url.search, { headers: authorization(url), signal: either });
    if (!response.ok) {
      await response.body?.cancel();
      throw new DownloadFailed(`${shownUrl(url)} answered ${response.status}`);
    }
    return await read(response, either);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DownloadFailed) throw error;
    const reason = timeout.aborted ? `took longer than ${timeoutMs / 1000} s` : reasonOf(error);
    throw new DownloadFailed(`${shownUrl(url)} could not be fetched: ${reason}`, { cause: error });
  }
}

/** The download will be run. Over plain HTTP, it could be replaced on the way together with its checksum. */
function requireSafe(url: URL): void {
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && loopback)) return;
  throw new DownloadFailed(`${shownUrl(url)} is not an https address`);
}

/** Credentials of a mirror's URL as a header, since fetch refuses them in a URL. */
function authorization(url: URL): Record<string, string> {
  if (url.username === "" && url.password === "") return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** fetch throws only "fetch failed"; the reason, e.g. ECONNREFUSED, is in the error's cause. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { message, code } = cause as { message?: unknown; code?: unknown };
  // The message is empty when several addresses were tried.
  return String(message !== undefined && message !== "" ? message : (code ?? cause));
}
