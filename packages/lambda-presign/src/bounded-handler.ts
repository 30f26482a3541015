import { type Readable, Transform } from "node:stream";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** Limits of one answer's body. */
export interface BodyLimits {
  /** Milliseconds from its headers to its end. */
  readonly bodyMs: number;
  /** The answers that we ask for have a few kilobytes. */
  readonly bodyBytes: number;
}

type Handle = NodeHttpHandler["handle"];

/**
 * The SDK's own handler ends a call whose answer does not begin. This one also ends an answer that stalls half-way, and one
 * that does not end: the SDK would collect it into memory.
 */
export class BoundedHandler extends NodeHttpHandler {
  readonly #limits: BodyLimits;

  constructor(options: ConstructorParameters<typeof NodeHttpHandler>[0], limits: BodyLimits) {
    super(options);
    this.#limits = limits;
  }

  override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const output = await super.handle(request, options);
    output.response.body = bounded(output.response.body as Readable, this.#limits);
    return output;
  }
}

function bounded(body: Readable, { bodyMs, bodyBytes }: BodyLimits): Readable {
  let bytes = 0;
  const limiter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bodyBytes) done(new Error(`an answer of more than ${bodyBytes} bytes`));
      else done(null, chunk);
    },
  });
  // The name is the one by which the SDK knows that it may try again.
  const stalled = Object.assign(new Error("an answer did not end in time"), { name: "TimeoutError" });
  const timer = setTimeout(() => limiter.destroy(stalled), bodyMs);
  body.on("error", (error) => limiter.destroy(error));
  limiter.on("close", () => {
    clearTimeout(timer);
    body.destroy();
  });
  return body.pipe(limiter);
}
