import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

import { INTERNET } from "@studio-access/network";
import { VANTAGE_HEADER } from "../network/vantage-header";
import type { EndpointPath, Reply } from "../server/call";
import type { HttpRequest } from "../server/parse-call";

/** What becomes of a connection to a host. */
export type Way =
  /** It stands; without an endpoint, over the public network. */
  | { readonly kind: "open"; readonly endpoint: EndpointPath | undefined }
  | { readonly kind: "no_such_name" }
  /** Packets vanish. */
  | { readonly kind: "no_way" };

export interface EgressOptions {
  /** Looks at the network as it is now. */
  readonly wayTo: (host: string, port: number) => Promise<Way>;
  readonly dispatch: (request: HttpRequest, endpoint?: EndpointPath) => Promise<Reply>;
  /** How long a connection to nowhere hangs before it fails; milliseconds. */
  readonly patience?: number;
}

/** Where one function's requests leave its process. */
export interface Egress {
  readonly port: number;
  close(): Promise<void>;
}

/** The host that a tunnel leads to. */
interface Target {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PATIENCE_MS = 30_000;
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
  const way = await options.wayTo(target.host, target.port);
  switch (way.kind) {
    case "open":
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      // What follows in the tunnel is plain HTTP for the same server.
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
  // Asked again for each request: the network may have changed while the connection was kept open.
  const way = await options.wayTo(target.host, target.port);
  if (way.kind === "no_way") await hang(options, request.socket);
  if (way.kind !== "open") {
    response.destroy();
    return;
  }
  const vantage = way.endpoint ? {} : { [VANTAGE_HEADER]: INTERNET };
  const reply = await options.dispatch(
    onwardRequest(target, request, Buffer.concat(chunks), vantage),
    way.endpoint,
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
  // A function cannot choose where it stands.
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

/** Waits, without keeping the process alive, until patience ends or the other side gives up. */
async function hang({ patience = DEFAULT_PATIENCE_MS }: EgressOptions, socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patience).unref();
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
