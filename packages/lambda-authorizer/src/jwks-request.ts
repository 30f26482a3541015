import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import type { IncomingMessage } from "node:http";

/** How a request for the issuer's keys failed. */
export type JwksFailure = "timeout" | "connection" | "status" | "malformed";

/** The issuer's keys cannot be read. Our outage, never the fault of a token. */
export class JwksUnavailable extends Error {
  override readonly name = "JwksUnavailable";
  readonly code = "jwks_unavailable";

  constructor(readonly reason: JwksFailure) {
    super(`the issuer's keys cannot be read: ${reason}`);
  }
}

/** Cognito publishes 1 kB; a larger document than this is not a key set. */
const MAX_BYTES = 256 * 1024;

function open(uri: string, signal: AbortSignal): Promise<IncomingMessage> {
  const get = new URL(uri).protocol === "https:" ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    get(uri, { signal, headers: { accept: "application/json" } }, resolve)
      .on("error", reject)
      // "101 Switching Protocols" ends without a response and without an error.
      .on("close", () => {
        reject(new Error("closed"));
      });
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new JwksUnavailable("malformed");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string): { keys: unknown } {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null && "keys" in document) {
      const { keys } = document;
      // jwks-rsa reads no document at all in which something else stands among the keys.
      return {
        keys: Array.isArray(keys) ? keys.filter((key) => typeof key === "object" && key !== null) : keys,
      };
    }
  } catch {
    // The parser's message quotes the document; ours does not.
  }
  throw new JwksUnavailable("malformed");
}

/**
 * Reads a JWKS document, for jwks-rsa's `fetcher` option. Redirects are not followed.
 *
 * jwks-rsa's own request has an idle timeout only: a server that drips bytes, or one that goes away in the middle of
 * the body, would hold it for ever. Global `fetch` would do, but its first use costs a cold start 30 ms.
 *
 * @param timeoutMs limit for the whole exchange, in milliseconds
 * @throws {JwksUnavailable}
 */
export async function requestJwks(uri: string, timeoutMs: number): Promise<{ keys: unknown }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await open(uri, signal);
    if (response.statusCode !== 200) {
      response.destroy();
      throw new JwksUnavailable("status");
    }
    return parse(await read(response));
  } catch (error) {
    if (error instanceof JwksUnavailable) throw error;
    throw new JwksUnavailable(signal.aborted ? "timeout" : "connection");
  }
}
