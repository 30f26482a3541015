import type { ClientHttp2Session, ServerHttp2Stream } from "node:http2";
import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http2";

/** Source: grpc.io, "Status codes" */
const UNIMPLEMENTED = "12";
const UNAVAILABLE = "14";

/** Frame header of a message: a byte that says whether it is compressed, and its length. */
const FRAME = 5;

const CALL = { ":method": "POST", "content-type": "application/grpc", te: "trailers" };
const ANSWER = { ":status": 200, "content-type": "application/grpc" };

export function framed(message: Buffer): Buffer {
  const header = Buffer.alloc(FRAME);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** The message of an answer or a request, both of which have one. */
export function unframed(body: Buffer): Buffer {
  return body.subarray(FRAME);
}

/** All that a stream sends. */
export async function bodyOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Calls a method. @returns the framed answer @throws {Error} unless the call succeeds */
export async function call(session: ClientHttp2Session, path: string, body: Buffer): Promise<Buffer> {
  const stream = session.request({ ...CALL, ":path": path });
  let status: unknown;
  const note = (headers: IncomingHttpHeaders): void => {
    status = headers["grpc-status"] ?? status;
  };
  stream.on("response", note);
  stream.on("trailers", note);
  stream.end(body);
  const answer = await bodyOf(stream);
  if (status !== "0") throw new Error(`${path} ended with the gRPC status ${String(status)}`);
  return answer;
}

/** Answers a call with a framed message. */
export function answer(stream: ServerHttp2Stream, body: Buffer): void {
  stream.respond(ANSWER, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": "0" });
  });
  stream.end(body);
}

export function refuse(stream: ServerHttp2Stream, status: "unimplemented" | "unavailable"): void {
  if (stream.destroyed || stream.headersSent) return;
  const code = status === "unimplemented" ? UNIMPLEMENTED : UNAVAILABLE;
  stream.respond({ ...ANSWER, "grpc-status": code }, { endStream: true });
}

/** Passes a call on to another server, and its answer back. */
export function forward(from: ServerHttp2Stream, headers: IncomingHttpHeaders, to: ClientHttp2Session): void {
  const { ":path": path = "", "grpc-timeout": timeout } = headers;
  const upstream = to.request({
    ...CALL,
    ":path": path,
    ...(timeout === undefined ? {} : { "grpc-timeout": timeout }),
  });
  let trailers: OutgoingHttpHeaders = {};
  upstream.on("response", (response, flags) => {
    const isEnd = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    from.respond(response, isEnd ? { endStream: true } : { waitForTrailers: true });
    if (!isEnd) upstream.pipe(from);
  });
  upstream.on("trailers", (sent: OutgoingHttpHeaders) => {
    trailers = sent;
  });
  from.on("wantTrailers", () => {
    from.sendTrailers(trailers);
  });
  upstream.on("error", () => {
    refuse(from, "unavailable");
    from.destroy();
  });
  from.on("error", () => undefined);
  // Terraform gives up a call, as after a second interrupt.
  from.on("aborted", () => {
    upstream.close(constants.NGHTTP2_CANCEL);
  });
  from.pipe(upstream);
}
