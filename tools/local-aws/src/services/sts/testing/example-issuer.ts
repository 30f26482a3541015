import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWTVerifyGetKey } from "jose";

/** For tests: an identity provider that signs any claims. */
export const ISSUER = "https://token.actions.githubusercontent.com";
export const AUDIENCE = "sts.amazonaws.com";
export const SUBJECT = "repo:example/deploy:environment:live";

const LIFE_SECONDS = 300;

type Claims = Readonly<Record<string, unknown>>;
type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

export interface ExampleIssuer {
  /** Returns its public key. */
  readonly keySet: JWTVerifyGetKey;
  /** A token with a deployment's claims, overridden by these; a claim of undefined is left out. */
  token(claims?: Claims): Promise<string>;
  /** Serves its JSON Web Key Set on this machine. */
  serve(): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** @param now - time of issue of its tokens, in milliseconds since the epoch */
export async function exampleIssuer(now: () => number = Date.now): Promise<ExampleIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "example", alg: "RS256", use: "sig" }] };
  return {
    keySet: createLocalJWKSet(keys),
    token: (claims = {}) => sign(privateKey, { ...standardClaims(now()), ...claims }),
    async serve() {
      const server = createServer((_request, response) => {
        response.setHeader("content-type", "application/json").end(JSON.stringify(keys));
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
        async close() {
          server.close();
          server.closeAllConnections();
          await once(server, "close");
        },
      };
    },
  };
}

function standardClaims(now: number): Claims {
  const iat = Math.floor(now / 1000);
  const repository = "example/deploy";
  return { iss: ISSUER, sub: SUBJECT, aud: AUDIENCE, iat, exp: iat + LIFE_SECONDS, repository };
}

async function sign(key: PrivateKey, claims: Claims): Promise<string> {
  const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  return await new SignJWT(given).setProtectedHeader({ alg: "RS256", kid: "example" }).sign(key);
}
