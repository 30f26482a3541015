import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import jwt, { type JwtHeader } from "jsonwebtoken";

/** An RSA key pair under an id. */
export interface TestKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function createKey(kid: string): TestKey {
  return { kid, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
}

export function jwkOf({ kid, publicKey }: TestKey): object {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256" };
}

/** A JWKS server on a loopback port. */
export interface JwksServer {
  readonly uri: string;
  /** Paths asked for, in order. */
  readonly requests: string[];
  /** Answers from now on with the public halves of these keys. */
  publish(...keys: TestKey[]): void;
  /** Answers from now on in this way. */
  answer(listener: RequestListener): void;
  close(): Promise<void>;
}

export async function startJwksServer(...keys: TestKey[]): Promise<JwksServer> {
  const requests: string[] = [];
  const publishing =
    (published: readonly TestKey[]): RequestListener =>
    (_request, response) =>
      response.end(JSON.stringify({ keys: published.map(jwkOf) }));
  let listener = publishing(keys);
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    uri: `http://127.0.0.1:${port}/keys`,
    requests,
    publish: (...published) => (listener = publishing(published)),
    answer: (other) => (listener = other),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Signs as an honest issuer does. Members given as undefined are left out. */
export function signToken(key: TestKey, claims: object, header: object = {}): string {
  const full = { alg: "RS256", kid: key.kid, ...header } as JwtHeader;
  return jwt.sign(JSON.parse(JSON.stringify(claims)) as object, key.privateKey, {
    algorithm: "RS256",
    header: full,
    noTimestamp: true,
  });
}

/** Signs a payload as it stands, also one that no library would write. */
export function signText({ kid, privateKey }: TestKey, payload: string): string {
  const signed = `${encode({ alg: "RS256", kid })}.${Buffer.from(payload).toString("base64url")}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** A token with no signature, as `alg: none` has it. */
export function unsignedToken(header: object, claims: object): string {
  return `${encode(header)}.${encode(claims)}.`;
}

/** A token signed with HS256, where the secret is a public key: the algorithm confusion attack. */
export function confusedToken(key: TestKey, claims: object): string {
  const signed = `${encode({ alg: "HS256", typ: "JWT", kid: key.kid })}.${encode(claims)}`;
  const pem = key.publicKey.export({ format: "pem", type: "spki" });
  return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
}
