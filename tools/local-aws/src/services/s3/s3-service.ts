import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";

interface PolicyDocument {
  readonly Statement?: unknown;
}

/** A setting of a bucket that moto does not keep as it was put. */
interface Setting {
  /** The query parameter by which S3 tells it from other settings. */
  readonly name: string;
  /** What moto is handed instead of the text that was put; undefined when it should refuse that text itself. */
  readonly forMoto: (text: string) => string | undefined;
}

/**
 * - `policy`: moto takes every condition for fulfilled, so that a policy which refuses plain HTTP alone would refuse
 *   everything. It is handed only what holds on no condition.
 * - `lifecycle`: moto drops `NewerNoncurrentVersions`, and makes an empty filter one by prefix.
 * - `versioning`: moto cannot delete single versions while versioning is suspended, and crashes at deletion markers. So
 *   it goes on keeping versions then.
 */
const SETTINGS: readonly Setting[] = [
  { name: "policy", forMoto: unconditional },
  { name: "lifecycle", forMoto: (text) => text },
  {
    name: "versioning",
    forMoto: (text) => text.replace("<Status>Suspended</Status>", "<Status>Enabled</Status>"),
  },
];

/**
 * S3: moto's, but for a few settings of buckets, which are kept here and given back as they were put.
 *
 * Buckets are named in the path, as SDKs do for an endpoint that is an IP address.
 */
export class S3Service implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  /** Texts by setting and bucket. moto knows which of them are still there. */
  readonly #put = new Map<string, string>();

  constructor(moto: Pick<Moto, "forward">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const bucket = bucketOf(call);
    const setting = SETTINGS.find(({ name }) => call.url.searchParams.has(name));
    if (bucket === undefined || setting === undefined) return await this.#moto.forward(call);
    const place = `${setting.name} ${bucket}`;
    if (call.method === "PUT") return await this.#keep(call, setting, place);
    const reply = await this.#moto.forward(call);
    const text = this.#put.get(place);
    return call.method === "GET" && reply.status === 200 && text !== undefined
      ? withBody(reply, text)
      : reply;
  }

  async #keep(call: AwsCall, { forMoto }: Setting, place: string): Promise<Reply> {
    const text = call.body.toString();
    const body = forMoto(text);
    if (body === undefined) return await this.#moto.forward(call);
    const reply = await this.#moto.forward(call, { body });
    if (reply.status < 300) this.#put.set(place, text);
    return reply;
  }
}

/** The bucket that a call is about; undefined when it is about an object, or about all buckets. */
function bucketOf({ url }: AwsCall): string | undefined {
  const [bucket, key] = url.pathname.split("/").slice(1);
  return bucket && !key ? decodeURIComponent(bucket) : undefined;
}

/** The policy without its conditional statements; undefined when it is none. */
function unconditional(text: string): string | undefined {
  try {
    const document = JSON.parse(text) as PolicyDocument;
    const statements: readonly unknown[] = Array.isArray(document.Statement)
      ? document.Statement
      : [document.Statement];
    const enforced = statements.filter(
      (statement) => typeof statement === "object" && statement !== null && !("Condition" in statement),
    );
    return JSON.stringify({ ...document, Statement: enforced });
  } catch {
    return undefined;
  }
}
