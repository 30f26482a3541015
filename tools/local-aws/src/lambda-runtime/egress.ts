import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

import { INTERNET } from "@studio-access/network";
import { VANTAGE_HEADER } from "../network/vantage-header";
import type { EndpointPath, Reply } from "../server/call";
import type { HttpRequest } from "../server/parse-call";

/** The route of a connection from a function to a host. */
export type EgressRoute =
  /** The host can be reached: through the endpoint, or over the public network without one. */
  | { readonly kind: "open"; readonly endpoint: EndpointPath | undefined }
  | { readonly kind: "no_such_name" }
  /** Packets are dropped without a reply. */
  | { readonly kind: "no_way" };

export interface EgressOptions {
  /** Must evaluate the network as it is at the time of the call. */
  readonly routeTo: (host: string, port: number) => Promise<EgressRoute>;
  readonly dispatch: (request: HttpRequest, endpoint?: EndpointPath) => Promise<Reply>;
  /** Milliseconds that a connection without a route hangs before it fails. */
  readonly hangMs?: number;
}

/** The HTTP proxy through which the requests of one function leave its process. */
export interface Egress {
  readonly port: number;
  close(): Promise<void>;
}

/** The destination of a tunnel. */
interface Target {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_HANG_MS = 30_000;
/** Header by which `fetch`, which makes no tunnels, names its target. */
const ORIGIN_HEADER = "x-local-origin";

/** Opens the listener that the function's bootstrap sends every request to. */
export async function startEgress(options: EgressOptions): Promise<Egress> {
  const targets = new WeakMap<object, Target>();
  const tunnels = new Set<Duplex>();
  const server = createServer((request, response) => {
    serve(options, targetOf(request, targets), request, response).catch(() => response.destroy());
  });
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    tunnels.add(socket);
    socket.on("close", () => tunnels.delete(socket));
    socket.on("error", () => socket.destroy());
    const target = parseTarget(`tcp://${request.url ?? ""}`);
    targets.set(socket, target);
    openTunnel(options, server, target, socket).catch(() => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of tunnels) socket.destroy();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function openTunnel(
  options: EgressOptions,
  server: Server,
  target: Target,
  socket: Socket,
): Promise<void> {
  const route = await options.routeTo(target.host, target.port);
  switch (route.kind) {
    case "open":
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      // The data in the tunnel is plain HTTP, which the same server answers.
      server.emit("connection", socket);
      return;
    case "no_such_name":
      socket.end("HTTP/1.1 404 No Such Name\r\n\r\n");
      return;
    case "no_way":
      await hang(options, socket);
      if (!socket.destroyed) socket.end("HTTP/1.1 504 Timed Out\r\n\r\n");
  }
}

async function serve(
  options: EgressOptions,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  // Evaluated for each request, because the network may have changed while the connection was kept open.
  const route = await options.routeTo(target.host, target.port);
  if (route.kind === "no_way") await hang(options, request.socket);
  if (route.kind !== "open") {
    response.destroy();
    return;
  }
  const vantage = route.endpoint ? {} : { [VANTAGE_HEADER]: INTERNET };
  const reply = await options.dispatch(
    onwardRequest(target, request, Buffer.concat(chunks), vantage),
    route.endpoint,
  );
  response.writeHead(reply.status, { ...withoutLength(reply.headers), "content-length": reply.body.length });
  response.end(reply.body);
}

function onwardRequest(
  target: Target,
  request: IncomingMessage,
  body: Buffer,
  vantage: Readonly<Record<string, string>>,
): HttpRequest {
  // A function must not choose its own place in the network.
  const own = Object.entries(request.headers).filter(([name]) => !name.startsWith("x-local-"));
  const headers = { ...Object.fromEntries(own), ...vantage, host: target.host };
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", `https://${target.host}`),
    headers,
    body,
  };
}

function targetOf(request: IncomingMessage, targets: WeakMap<object, Target>): Target {
  const origin = request.headers[ORIGIN_HEADER];
  return targets.get(request.socket) ?? parseTarget(typeof origin === "string" ? origin : "tcp://");
}

function parseTarget(address: string): Target {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const standardPort = url?.protocol === "https:" ? 443 : 80;
  return { host: url?.hostname ?? "", port: url?.port ? Number(url.port) : standardPort };
}

/** Waits until `hangMs` have passed or the client closes the connection, without keeping the process alive. */
async function hang({ hangMs = DEFAULT_HANG_MS }: EgressOptions, socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, hangMs).unref();
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  const hop = new Set(["content-length", "transfer-encoding", "connection", "keep-alive"]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hop.has(name.toLowerCase())));
}
