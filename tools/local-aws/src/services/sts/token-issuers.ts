import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";

import { AwsError } from "../../server/aws-error";

/** The URL of each identity provider's JSON Web Key Set, which must be on this machine, by issuer URL. */
export type TokenIssuers = Readonly<Record<string, string>>;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** STS's timeout for a key set. */
const KEY_SET_TIMEOUT_MS = 5000;

/** The keys of the configured issuers. No other issuer is contacted. */
export class IssuerKeys {
  readonly #keySets: ReadonlyMap<string, JWTVerifyGetKey>;

  /** @throws {RangeError} when a key set is not on this machine */
  constructor(issuers: TokenIssuers) {
    this.#keySets = new Map(Object.entries(issuers).map(([issuer, url]) => [issuer, keySetAt(issuer, url)]));
  }

  /** @throws {AwsError} `InvalidIdentityToken` when the issuer is not configured; the result throws it when it has no key */
  of(issuer: string): JWTVerifyGetKey {
    const keySet = this.#keySets.get(issuer);
    if (!keySet) throw noKey();
    return async (...token) => {
      try {
        return await keySet(...token);
      } catch {
        throw noKey();
      }
    };
  }
}

function keySetAt(issuer: string, text: string): JWTVerifyGetKey {
  const url = new URL(text);
  if (!LOOPBACK.has(url.hostname))
    throw new RangeError(
      `the keys of ${issuer} are at ${url.host}: name a URL of this machine, such as http://127.0.0.1:8080/jwks`,
    );
  // Without a cooldown a key that the issuer has just created is found at once.
  return createRemoteJWKSet(url, { timeoutDuration: KEY_SET_TIMEOUT_MS, cooldownDuration: 0 });
}

function noKey(): AwsError {
  return new AwsError(
    "InvalidIdentityToken",
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity " +
      "documentation for requirements",
  );
}
