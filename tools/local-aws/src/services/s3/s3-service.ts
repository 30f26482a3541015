import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { withBody } from "../../server/protocol";
import { statementsOf } from "../policy-text";
import { requireBucketPolicy } from "./bucket-policy";

/** A setting of a bucket that moto does not store as it was put. */
interface Setting {
  /** The query parameter that names the setting. */
  readonly name: string;
  /** The text that moto gets instead of the one that was put. */
  readonly forMoto: (text: string) => string;
  /** Refuses a text that AWS does not take. */
  readonly require?: (text: string) => void;
}

/**
 * - `policy`: moto treats every condition as true, so that a policy which denies plain HTTP would deny every call. moto
 *   gets only the statements without a condition.
 * - `lifecycle`: moto drops `NewerNoncurrentVersions`, and turns an empty filter into a prefix filter.
 * - `versioning`: while versioning is suspended moto cannot delete single versions, and fails at delete markers. So
 *   versioning stays enabled in moto.
 */
const SETTINGS: readonly Setting[] = [
  { name: "policy", forMoto: unconditional, require: requireBucketPolicy },
  { name: "lifecycle", forMoto: (text) => text },
  {
    name: "versioning",
    forMoto: (text) => text.replace("<Status>Suspended</Status>", "<Status>Enabled</Status>"),
  },
];

/**
 * S3: moto, except for a few settings of buckets, which are stored here and returned as they were put.
 *
 * Buckets are named in the path, because SDKs use path style for an endpoint that is an IP address.
 */
export class S3Service implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward">;
  /** Texts by setting and bucket. moto decides which of them still exist. */
  readonly #put = new Map<string, string>();

  constructor(moto: Pick<Moto, "forward">) {
    this.#moto = moto;
  }

  async handle(call: AwsCall): Promise<Reply> {
    const bucket = bucketOf(call);
    const setting = SETTINGS.find(({ name }) => call.url.searchParams.has(name));
    if (bucket !== undefined && isBucketDeletion(call)) return await this.#deleteBucket(call, bucket);
    if (bucket === undefined || setting === undefined) return await this.#moto.forward(call);
    const place = `${setting.name} ${bucket}`;
    if (call.method === "PUT") return await this.#keep(call, setting, place);
    const reply = await this.#moto.forward(call);
    const text = this.#put.get(place);
    return call.method === "GET" && reply.status === 200 && text !== undefined
      ? withBody(reply, text)
      : reply;
  }

  /** A bucket that is made again under the name begins without settings. */
  async #deleteBucket(call: AwsCall, bucket: string): Promise<Reply> {
    const reply = await this.#moto.forward(call);
    if (reply.status < 300) for (const { name } of SETTINGS) this.#put.delete(`${name} ${bucket}`);
    return reply;
  }

  async #keep(call: AwsCall, setting: Setting, place: string): Promise<Reply> {
    const text = call.body.toString();
    setting.require?.(text);
    const reply = await this.#moto.forward(call, { body: setting.forMoto(text) });
    if (reply.status < 300) this.#put.set(place, text);
    return reply;
  }
}

/** The bucket of a call; undefined when the call names an object, or no bucket. */
function bucketOf({ url }: AwsCall): string | undefined {
  const [bucket, key] = url.pathname.split("/").slice(1);
  return bucket && !key ? decodeURIComponent(bucket) : undefined;
}

/** SDKs name the operation in the query, which AWS ignores; any other parameter names a part of the bucket. */
function isBucketDeletion({ method, url }: AwsCall): boolean {
  return method === "DELETE" && [...url.searchParams.keys()].every((name) => name === "x-id");
}

/** The policy without its conditional statements. */
function unconditional(text: string): string {
  const enforced = statementsOf(text)?.filter((statement) => !("Condition" in statement));
  return JSON.stringify({ ...(JSON.parse(text) as object), Statement: enforced });
}
