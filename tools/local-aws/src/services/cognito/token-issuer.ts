import { generateKeyPair, randomUUID, type KeyObject } from "node:crypto";
import { promisify } from "node:util";

import { decodeJwt, SignJWT, type JWTPayload } from "jose";

import type { ClientSettings } from "./pool-directory";

type TokenUse = "access" | "id";

/** An RSA key pair. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

interface SigningKey extends KeyPair {
  readonly kid: string;
}

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/**
 * Signs moto's tokens again as AWS does: with two keys for each pool, one for each type of token, and with the client's
 * lifetime. moto signs the tokens of all pools with one public key, for an hour.
 */
export class TokenIssuer {
  readonly #keys = new Map<string, Promise<SigningKey>>();
  /** moto's access token for each of ours, because moto finds a session by the token's text. */
  readonly #motoTokens = new Map<string, string>();
  readonly #newKeyPair: () => Promise<KeyPair>;

  constructor(newKeyPair: () => Promise<KeyPair> = generateRsaKeyPair) {
    this.#newKeyPair = newKeyPair;
  }

  /**
   * The token with the client's lifetime, signed with its pool's key.
   *
   * @param changes - claims that it gets in addition to moto's, or in their place
   */
  async reissue(
    token: string,
    use: TokenUse,
    client: ClientSettings,
    changes: JWTPayload = {},
  ): Promise<string> {
    const claims = decodeJwt(token);
    const { kid, privateKey } = await this.#key(client.UserPoolId, use);
    const exp = (claims.iat ?? 0) + lifetime(client, use);
    const issued = await new SignJWT({ ...claims, ...changes, exp })
      .setProtectedHeader({ alg: "RS256", kid })
      .sign(privateKey);
    if (use === "access") this.#motoTokens.set(issued, token);
    return issued;
  }

  /** moto's token for one of ours that has not expired; undefined for any other text. */
  motoToken(accessToken: string): string | undefined {
    const token = this.#motoTokens.get(accessToken);
    const isExpired = token === undefined || (decodeJwt(accessToken).exp ?? 0) * 1000 <= Date.now();
    return isExpired ? undefined : token;
  }

  /** The pool's public keys, as a JSON Web Key Set. */
  async keySet(poolId: string): Promise<object> {
    const keys = await Promise.all([this.#key(poolId, "id"), this.#key(poolId, "access")]);
    return {
      keys: keys.map(({ kid, publicKey }) => {
        const { e, n, kty } = publicKey.export({ format: "jwk" });
        return { alg: "RS256", e, kid, kty, n, use: "sig" };
      }),
    };
  }

  #key(poolId: string, use: TokenUse): Promise<SigningKey> {
    const name = `${poolId} ${use}`;
    const key = this.#keys.get(name) ?? this.#newKeyPair().then((pair) => ({ kid: randomUUID(), ...pair }));
    this.#keys.set(name, key);
    return key;
  }
}

/** Seconds that a token of this client lives. */
export function lifetime(client: ClientSettings, use: TokenUse | "refresh"): number {
  const units = client.TokenValidityUnits;
  switch (use) {
    case "access":
      return seconds(client.AccessTokenValidity, units?.AccessToken ?? "hours") ?? 3600;
    case "id":
      return seconds(client.IdTokenValidity, units?.IdToken ?? "hours") ?? 3600;
    case "refresh":
      return seconds(client.RefreshTokenValidity, units?.RefreshToken ?? "days") ?? 30 * 86_400;
  }
}

/** Undefined where the client names no lifetime. */
function seconds(validity: number | undefined, unit: string): number | undefined {
  return validity ? validity * (SECONDS[unit] ?? 1) : undefined;
}

async function generateRsaKeyPair(): Promise<KeyPair> {
  return await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
}
