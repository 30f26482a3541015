import { createPublicKey, type KeyObject } from "node:crypto";
import { JwksClient } from "jwks-rsa";
import { JwksUnavailable, requestJwks } from "./jwks-request";
import { isWeakModulus } from "./weak-modulus";

export interface KeyStoreOptions {
  readonly jwksUri: string;
  /** Limit of one reading, in milliseconds. */
  readonly timeoutMs: number;
  /** Called for every failed reading, also where a cached key serves the request. */
  readonly onFailure: (failure: JwksUnavailable) => void;
  /** Milliseconds, from any origin. */
  readonly now?: () => number;
}

/** Milliseconds. */
export const KEY_AGES = {
  /** Keys are read again after this long, so that a key that the issuer withdraws is soon no longer accepted. */
  fresh: 10 * 60_000,
  /** Until then a request is served with the key last read, while the keys are read again beside it; later it waits. */
  stale: 20 * 60_000,
  /** While the issuer is down, the keys last read stay good for this long; then access ends. */
  usable: 60 * 60_000,
  /** Pause after a reading that succeeded: unknown key ids cannot make us flood the issuer. */
  restAfterSuccess: 10_000,
  /** Pause after one that failed. */
  restAfterFailure: 1_000,
} as const;

const MIN_RSA_BITS = 2048;

/** With 1 anybody can sign; smaller exponents than this one are not used by any issuer. Source: NIST FIPS 186-5, A.1.1 */
const MIN_RSA_EXPONENT = 65_537n;

/** What jwks-rsa makes of a published key. Its own type promises `kid` and `alg`, which the document need not have. */
interface PublishedKey {
  readonly kid?: string;
  readonly alg?: string;
  getPublicKey(): string;
}

/** RSA signing keys by id, each imported once: verifying with a PEM costs six times as much as with a KeyObject. */
function importKeys(published: readonly PublishedKey[]): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const publishedKey of published) {
    const { kid, alg = "RS256" } = publishedKey;
    if (!kid || keys.has(kid) || alg !== "RS256") continue;
    const key = createPublicKey(publishedKey.getPublicKey());
    const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
    const isLong = modulusLength >= MIN_RSA_BITS && publicExponent >= MIN_RSA_EXPONENT;
    if (key.asymmetricKeyType === "rsa" && isLong && !isWeakModulus(modulusOf(key))) keys.set(kid, key);
  }
  if (keys.size === 0) throw new JwksUnavailable("malformed");
  return keys;
}

function modulusOf(key: KeyObject): bigint {
  const { n = "" } = key.export({ format: "jwk" });
  return BigInt(`0x${Buffer.from(n, "base64url").toString("hex")}`);
}

/**
 * The issuer's keys: jwks-rsa reads and checks them; cached and rate-limited here, as imported keys.
 *
 * jwks-rsa's own limit would not do. It counts the renewal of a known key like the search for an unknown one, so ten
 * tokens with made-up key ids in a minute would lock everybody out as soon as a cached key must be renewed. Here a
 * known key never waits on the limit, and what the limit means for an unknown one is always clear:
 *
 * - the last reading succeeded, seconds ago: the issuer has no such key, so the token is bad. (A key that the issuer
 *   signs with sooner than 10 s after publishing it is refused for the rest of these seconds; issuers publish first.)
 * - the last reading failed: we cannot tell, so it is our outage.
 */
export class KeyStore {
  readonly #options: KeyStoreOptions;
  readonly #client: JwksClient;
  readonly #now: () => number;
  #keys: ReadonlyMap<string, KeyObject> = new Map();
  #readAt = -Infinity;
  #failure: JwksUnavailable | undefined;
  #restUntil = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(options: KeyStoreOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#client = new JwksClient({
      jwksUri: options.jwksUri,
      cache: false,
      rateLimit: false,
      fetcher: (uri) => requestJwks(uri, options.timeoutMs),
    });
  }

  /**
   * The issuer's key of that id; undefined if the issuer has none. The id comes from the token's unverified header: it
   * is looked up in a map and used for nothing else.
   *
   * @throws {JwksUnavailable} when that cannot be told
   */
  async find(kid: string): Promise<KeyObject | undefined> {
    if (!this.#keys.has(kid) || this.#age() >= KEY_AGES.stale) await this.#refresh();
    // Never rejects; nobody waits for it.
    else if (this.#age() >= KEY_AGES.fresh) void this.#refresh();
    const key = this.#keys.get(kid);
    if (key !== undefined && this.#age() < KEY_AGES.usable) return key;
    if (this.#failure !== undefined) throw this.#failure;
    return undefined;
  }

  /** Reads the keys ahead of the first request. Never rejects: if it fails, the first request tries again. */
  async prefetch(): Promise<void> {
    await this.#refresh();
    if (this.#failure !== undefined) this.#restUntil = -Infinity;
  }

  #age(): number {
    return this.#now() - this.#readAt;
  }

  /** Requests that come while the keys are being read share that reading. */
  async #refresh(): Promise<void> {
    if (this.#reading === undefined && this.#now() < this.#restUntil) return;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      this.#keys = importKeys(await this.#client.getSigningKeys());
      this.#readAt = this.#now();
      this.#failure = undefined;
      this.#restUntil = this.#readAt + KEY_AGES.restAfterSuccess;
    } catch (error) {
      this.#failure = error instanceof JwksUnavailable ? error : new JwksUnavailable("malformed");
      this.#restUntil = this.#now() + KEY_AGES.restAfterFailure;
      this.#options.onFailure(this.#failure);
    }
  }
}
