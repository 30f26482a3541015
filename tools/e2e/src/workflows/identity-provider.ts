import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";

/** Issuer of the tokens for workflow runs on GitHub. Source: docs.github.com, actions/reference/security/oidc */
export const ISSUER = "https://token.actions.githubusercontent.com";

const KEY_ID = "stand-in";
const LIFETIME = "5m";

/** A fake of GitHub's OpenID Connect provider: issues a token to every job with the permission to request one. */
export class IdentityProvider {
  readonly #server: Server;
  readonly #key: CryptoKey;
  readonly #jwk: JWK;
  /** Subject of the token that a job gets, by the job's secret. */
  readonly #subjects = new Map<string, string>();

  private constructor(key: CryptoKey, jwk: JWK) {
    this.#key = key;
    this.#jwk = jwk;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<IdentityProvider> {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const jwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: "RS256", use: "sig" };
    const provider = new IdentityProvider(privateKey, jwk);
    await new Promise<void>((resolve) => provider.#server.listen(0, "127.0.0.1", resolve));
    return provider;
  }

  get jwksUrl(): string {
    return `${this.#url}/jwks`;
  }

  /** Variables of a job that may request a token with this subject. */
  variablesFor(subject: string): Readonly<Record<string, string>> {
    const secret = randomUUID();
    this.#subjects.set(secret, subject);
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${this.#url}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer({ url = "", headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(url, this.#url);
    if (pathname === "/jwks") {
      response.end(JSON.stringify({ keys: [this.#jwk] }));
      return;
    }
    const subject = this.#subjects.get(headers.authorization?.replace("Bearer ", "") ?? "");
    const audience = searchParams.get("audience");
    if (pathname !== "/token" || subject === undefined || audience === null) {
      response.writeHead(403).end();
      return;
    }
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: "RS256", kid: KEY_ID })
      .setIssuer(ISSUER)
      .setSubject(subject)
      .setAudience(audience)
      .setJti(randomUUID())
      .setIssuedAt()
      .setNotBefore("0s")
      .setExpirationTime(LIFETIME)
      .sign(this.#key);
    response.end(JSON.stringify({ value: token }));
  }
}
