import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { Reply } from "./call";
import type { RequestRouter } from "./request-router";

/** The port asked for belongs to another program. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";

  constructor(readonly port: number) {
    super(
      `port ${port} of 127.0.0.1 is taken: stop what listens there, or choose another port (0 takes a free one)`,
    );
  }
}

export interface Listener {
  readonly port: number;
  /** Takes no more connections and ends those that are open. */
  close(): Promise<void>;
}

/** Longer than moto's slowest reply: its first IAM call loads every managed policy. */
const REQUEST_TIMEOUT_MS = 120_000;

/**
 * Listens on 127.0.0.1 only: a client that can reach the port is an administrator of every account.
 *
 * @param port - 0 takes a free one
 * @throws {PortTaken} when another program listens there
 */
export async function listen(router: RequestRouter, port: number): Promise<Listener> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    serve(router, request, response).catch(() => response.destroy());
  });
  // SDKs keep connections open; a server that closes them first makes their next call fail.
  server.keepAliveTimeout = REQUEST_TIMEOUT_MS;
  await start(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    port: taken,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function start(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") throw new PortTaken(port);
    throw error;
  }
}

async function serve(
  router: RequestRouter,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const reply = await router.dispatch({
    method: request.method ?? "GET",
    // The Host header can hold any text, so the URL does not use it; mounts read it from the headers.
    url: new URL(request.url ?? "/", "http://localhost"),
    headers: request.headers,
    body: Buffer.concat(chunks),
  });
  send(reply, response, request.method === "HEAD");
}

/** Hop-by-hop headers, which are not forwarded. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

function send(reply: Reply, response: ServerResponse, isHead: boolean): void {
  for (const [name, value] of Object.entries(reply.headers)) {
    if (!HOP_BY_HOP.has(name.toLowerCase())) response.setHeader(name, value);
  }
  // The reply to HEAD gives the length of a body that is not sent.
  const length = isHead ? (reply.headers["content-length"] ?? "0") : String(reply.body.length);
  if (reply.status !== 204 && reply.status !== 304) response.setHeader("content-length", length);
  response.writeHead(reply.status);
  response.end(isHead ? undefined : reply.body);
}
