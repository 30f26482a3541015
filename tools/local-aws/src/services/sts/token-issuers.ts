import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";

import { AwsError } from "../../server/aws-error";

/** Where the keys of identity providers are: the URL of each one's JSON Web Key Set, on this machine, by issuer URL. */
export type TokenIssuers = Readonly<Record<string, string>>;

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** As long as STS waits for a provider. */
const KEY_SET_TIMEOUT_MS = 5000;

/** The keys of the issuers that the local AWS was told of. It asks no others: whoever stands in for one says so. */
export class IssuerKeys {
  readonly #keySets: ReadonlyMap<string, JWTVerifyGetKey>;

  /** @throws {RangeError} when a key set is not on this machine */
  constructor(issuers: TokenIssuers) {
    this.#keySets = new Map(Object.entries(issuers).map(([issuer, url]) => [issuer, keySetAt(issuer, url)]));
  }

  /** @throws {AwsError} `InvalidIdentityToken`, when it was not told of the issuer; so does the result without its key */
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
  // A key that the issuer has only just made is good at once.
  return createRemoteJWKSet(url, { timeoutDuration: KEY_SET_TIMEOUT_MS, cooldownDuration: 0 });
}

function noKey(): AwsError {
  return new AwsError(
    "InvalidIdentityToken",
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity " +
      "documentation for requirements",
  );
}
