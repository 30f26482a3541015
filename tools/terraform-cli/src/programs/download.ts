import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";

/** Something could not be fetched. The message names the address without user, password and query. */
export class DownloadFailed extends Error {
  override readonly name = "DownloadFailed";
}

export interface DownloadOptions {
  /** For the whole transfer, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** @throws {DownloadFailed} */
export function downloadText(url: URL, options: DownloadOptions): Promise<string> {
  return transfer(url, options, (response) => response.text());
}

/** For a small file. @throws {DownloadFailed} */
export function downloadBytes(url: URL, options: DownloadOptions): Promise<Uint8Array> {
  return transfer(url, options, async (response) => new Uint8Array(await response.arrayBuffer()));
}

/**
 * Streams a file to disk.
 *
 * @returns the SHA-256 of what was written, as lower-case hex
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
    // The two declarations of a web stream, Node's and the one of fetch, describe the same object.
    const body = Readable.fromWeb((response.body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>);
    await pipeline(body, hashed, createWriteStream(file, { mode: 0o600, flags: "wx" }), { signal });
    return hash.digest("hex");
  });
}

/** Credentials in a mirror's address go into a header, since fetch refuses them; they are never shown. */
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

/** What comes from there will be run; over plain HTTP, anybody on the way could replace it together with its checksum. */
function requireSafe(url: URL): void {
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:" || (url.protocol === "http:" && loopback)) return;
  throw new DownloadFailed(`${shownUrl(url)} is not an https address`);
}

function authorization(url: URL): Record<string, string> {
  if (url.username === "" && url.password === "") return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** fetch says only "fetch failed"; the reason, e.g. ECONNREFUSED, is in its cause. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { message, code } = cause as { message?: unknown; code?: unknown };
  // Where several addresses were tried in vain, the message is empty.
  return String(message !== undefined && message !== "" ? message : (code ?? cause));
}
