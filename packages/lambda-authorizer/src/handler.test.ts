import { inspect } from "node:util";
import { type AccessTokenRules, COGNITO_RULES } from "@studio-access/shared-types";
import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { DENIAL_CODES } from "./denial";
import { type Authorizer, createHandler } from "./handler";
import { KeyStore } from "./keys";
import { JwksUnavailable } from "./jwks-request";
import type { LogLine } from "./log";
import { authorizerEvent, METHOD_ARN } from "./testing/events";
import {
  confusedToken,
  createKey,
  type JwksServer,
  signText,
  signToken,
  startJwksServer,
  unsignedToken,
} from "./testing/issuer";
import { createTokenVerifier } from "./tokens";

const ISSUER = "https://issuer.example/pool";
const seconds = (): number => Math.floor(Date.now() / 1000);

const key = createKey("key-1");
const strangersKey = createKey("key-1");

const cognito: AccessTokenRules = {
  ...COGNITO_RULES,
  issuer: ISSUER,
  clientId: "client-1",
  userNameClaim: "username",
};
const rfc9068: AccessTokenRules = {
  ...cognito,
  types: ["at+jwt"],
  audiences: ["studio"],
  requiredClaims: {},
  userNameClaim: "preferred_username",
};

function claims(changes: object = {}): object {
  return {
    sub: "sub-of-alice",
    token_use: "access",
    client_id: "client-1",
    username: "alice",
    iss: ISSUER,
    exp: seconds() + 300,
    ...changes,
  };
}

function rfcClaims(changes: object = {}): object {
  return claims({
    token_use: undefined,
    username: undefined,
    preferred_username: "alice",
    aud: "studio",
    ...changes,
  });
}

const token = (changes: object = {}, header: object = {}): string => signToken(key, claims(changes), header);
/** A signed token whose expiry is written as no JSON.stringify would write it. */
const signedAs = (payload: object, expiry: string): string =>
  signText(key, JSON.stringify(payload).replace(/"exp":\d+/, expiry));
const rfcToken = (changes: object = {}, header: object = { typ: "at+jwt" }): string =>
  signToken(key, rfcClaims(changes), header);
const bearer = (value: string): APIGatewayRequestAuthorizerEvent =>
  authorizerEvent({ headers: { Authorization: `Bearer ${value}` } });

let server: JwksServer;
/** Stands for whatever a token may point at; nobody may ever ask it. */
let evil: JwksServer;

/** Every line and every thrown error of this file, for the tests at the end. */
const lines: LogLine[] = [];
const thrown: string[] = [];
/** Every token of this file. */
const tokens = new Set<string>();

beforeAll(async () => {
  server = await startJwksServer(key);
  evil = await startJwksServer(strangersKey);
});

afterAll(() => Promise.all([server.close(), evil.close()]));

function remember(event: APIGatewayRequestAuthorizerEvent): void {
  for (const [, word] of JSON.stringify([event.headers, event.multiValueHeaders]).matchAll(
    /[Bb]earer ([\w.-]+)/g,
  )) {
    tokens.add(word!);
  }
}

/** What API Gateway would make of the handler's answer. */
async function call(
  authorizer: Authorizer,
  event: APIGatewayRequestAuthorizerEvent,
): Promise<200 | 401 | 500> {
  remember(event);
  try {
    await authorizer(event);
    return 200;
  } catch (error) {
    thrown.push(inspect(error)); // as the runtime prints it, with its cause
    return (error as Error).message === "Unauthorized" ? 401 : 500;
  }
}

function authorizerOf(rules: AccessTokenRules, jwksUri = server.uri, timeoutMs = 5000): Authorizer {
  const keys = new KeyStore({ jwksUri, timeoutMs, onFailure: () => undefined });
  return createHandler({
    verifyToken: createTokenVerifier(rules, (kid) => keys.find(kid)),
    log: (line) => lines.push(line),
  });
}

describe("the authorizer answers a valid token with a policy", () => {
  it.each<[string, AccessTokenRules, () => APIGatewayRequestAuthorizerEvent]>([
    ["of Cognito", cognito, () => bearer(token())],
    ["of an RFC 9068 issuer", rfc9068, () => bearer(rfcToken())],
    ["with the longer media type", rfc9068, () => bearer(rfcToken({}, { typ: "application/at+JWT" }))],
    ["for several audiences", rfc9068, () => bearer(rfcToken({ aud: ["other", "studio"] }))],
    [
      "under a lower-case header name",
      cognito,
      () => authorizerEvent({ headers: { authorization: `Bearer ${token()}` } }),
    ],
    [
      "with a lower-case scheme",
      cognito,
      () => authorizerEvent({ headers: { AUTHORIZATION: `bearer ${token()}` } }),
    ],
    [
      "in multiValueHeaders",
      cognito,
      () =>
        authorizerEvent({ multiValueHeaders: { Authorization: [`Bearer ${token()}`], Accept: ["a", "b"] } }),
    ],
    ["whose validity began this second", cognito, () => bearer(token({ nbf: seconds() }))],
  ])("%s", async (_case, rules, event) => {
    const request = event();
    remember(request);
    await expect(authorizerOf(rules)(request)).resolves.toMatchObject({
      principalId: "sub-of-alice",
      context: { userName: "alice" },
    });
    expect(lines.at(-1)).toEqual({
      level: "INFO",
      message: "allowed",
      code: "own_path_allowed",
      requestId: "request-1",
      decision: "allow",
    });
  });

  it.each(["a\nb", "x".repeat(256), "ü", "a b"])(
    "names the user as principal where the subject is no plain id: %j",
    async (sub) => {
      await expect(authorizerOf(cognito)(bearer(token({ sub })))).resolves.toMatchObject({
        principalId: "alice",
      });
    },
  );

  it("names the user as principal where the token has no subject", async () => {
    await expect(authorizerOf(cognito)(bearer(token({ sub: undefined })))).resolves.toMatchObject({
      principalId: "alice",
    });
  });
});

const longToken = (): string => token({ padding: "x".repeat(8192) });
const withCredentials = (...values: string[]): APIGatewayRequestAuthorizerEvent =>
  authorizerEvent({
    headers: { Authorization: values.at(-1)! },
    multiValueHeaders: { Authorization: values },
  });

const refused: [string, string, AccessTokenRules, () => APIGatewayRequestAuthorizerEvent][] = [
  ["no headers at all", "token_missing", cognito, () => authorizerEvent({})],
  [
    "undefined headers",
    "token_missing",
    cognito,
    () => ({ ...authorizerEvent({}), headers: undefined as never }),
  ],
  [
    "no Authorization header",
    "token_missing",
    cognito,
    () => authorizerEvent({ headers: { Accept: "*/*" } }),
  ],
  ["an empty header", "token_missing", cognito, () => authorizerEvent({ headers: { Authorization: "" } })],
  [
    "a scheme alone",
    "token_missing",
    cognito,
    () => authorizerEvent({ headers: { Authorization: "Bearer " } }),
  ],
  [
    "another scheme",
    "scheme_unsupported",
    cognito,
    () => authorizerEvent({ headers: { Authorization: `Basic ${token()}` } }),
  ],
  [
    "a bare token",
    "scheme_unsupported",
    cognito,
    () => authorizerEvent({ headers: { Authorization: token() } }),
  ],
  ["two tokens", "token_repeated", cognito, () => withCredentials(`Bearer ${token()}`, `Bearer ${token()}`)],
  [
    "an array value",
    "token_repeated",
    cognito,
    () => authorizerEvent({ headers: { Authorization: ["Bearer a", "Bearer b"] as never } }),
  ],
  [
    "one header in two spellings",
    "token_repeated",
    cognito,
    () => authorizerEvent({ headers: { Authorization: "Bearer a", authorization: "Bearer b" } }),
  ],
  [
    "a value that is no text",
    "token_missing",
    cognito,
    () => authorizerEvent({ headers: { Authorization: 7 as never } }),
  ],
  [
    "two tokens in one value",
    "token_malformed",
    cognito,
    () => withCredentials(`Bearer ${token()}, Bearer ${token()}`),
  ],
  ["a token over 8 kB", "token_too_large", cognito, () => bearer(longToken())],
  ["garbage", "token_malformed", cognito, () => bearer("garbage")],
  ["three parts of garbage", "token_malformed", cognito, () => bearer("a.b.c")],
  [
    "a payload that is no JSON",
    "token_malformed",
    cognito,
    () => bearer(`${token().split(".")[0]!}.bm90IGpzb24.c2ln`),
  ],
  ["an encrypted token", "token_malformed", cognito, () => bearer("eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d")],
  [
    "alg none",
    "algorithm_refused",
    cognito,
    () => bearer(unsignedToken({ alg: "none", kid: key.kid }, claims())),
  ],
  [
    "RS256 without a signature",
    "signature_invalid",
    cognito,
    () => bearer(`${token().split(".").slice(0, 2).join(".")}.AA`),
  ],
  [
    "an empty signature",
    "signature_invalid",
    cognito,
    () => bearer(unsignedToken({ alg: "RS256", kid: key.kid }, claims())),
  ],
  [
    "HS256 with the public key as secret",
    "algorithm_refused",
    cognito,
    () => bearer(confusedToken(key, claims())),
  ],
  ["no algorithm", "algorithm_refused", cognito, () => bearer(unsignedToken({ kid: key.kid }, claims()))],
  [
    "a header that must be understood",
    "critical_header_refused",
    cognito,
    () => bearer(token({}, { crit: ["exp"] })),
  ],
  [
    "a stranger's key under a known id",
    "signature_invalid",
    cognito,
    () => bearer(signToken(strangersKey, claims())),
  ],
  [
    "changed claims",
    "signature_invalid",
    cognito,
    () => {
      const [header, , signature] = token().split(".");
      return bearer([header, token({ username: "bob" }).split(".")[1], signature].join("."));
    },
  ],
  ["no key id", "key_unknown", cognito, () => bearer(token({}, { kid: undefined }))],
  [
    "a key id that is no text",
    "key_unknown",
    cognito,
    () => bearer(unsignedToken({ alg: "RS256", kid: 7 }, claims()) + "AA"),
  ],
  ["an unknown key id", "key_unknown", cognito, () => bearer(token({}, { kid: "key-2" }))],
  [
    "a key id that is a path",
    "key_unknown",
    cognito,
    () => bearer(token({}, { kid: "../../../../dev/null" })),
  ],
  [
    "a key id that is a URL",
    "key_unknown",
    cognito,
    () => bearer(signToken(strangersKey, claims(), { kid: evil.uri })),
  ],
  ["a key id of the prototype", "key_unknown", cognito, () => bearer(token({}, { kid: "__proto__" }))],
  [
    "a jku of its own",
    "signature_invalid",
    cognito,
    () => bearer(signToken(strangersKey, claims(), { jku: evil.uri })),
  ],
  [
    "an x5u of its own",
    "signature_invalid",
    cognito,
    () => bearer(signToken(strangersKey, claims(), { x5u: evil.uri })),
  ],
  [
    "a key of its own",
    "signature_invalid",
    cognito,
    () =>
      bearer(signToken(strangersKey, claims(), { jwk: strangersKey.publicKey.export({ format: "jwk" }) })),
  ],
  ["another issuer", "issuer_wrong", cognito, () => bearer(token({ iss: `${ISSUER}2` }))],
  ["no issuer", "issuer_wrong", cognito, () => bearer(token({ iss: undefined }))],
  ["another client", "client_wrong", cognito, () => bearer(token({ client_id: "client-2" }))],
  ["no client", "client_wrong", cognito, () => bearer(token({ client_id: undefined }))],
  [
    "an id token",
    "token_use_wrong",
    cognito,
    () => bearer(token({ token_use: "id", client_id: undefined, aud: "client-1" })),
  ],
  ["a key id beyond ASCII", "key_unknown", cognito, () => bearer(token({}, { kid: "kéy-1" }))],
  ["an expiry that is infinite", "expiry_missing", cognito, () => bearer(signedAs(claims(), '"exp":1e400'))],
  ["an expiry beyond all dates", "expiry_missing", cognito, () => bearer(signedAs(claims(), '"exp":1e300'))],
  ["an expiry that is text", "token_malformed", cognito, () => bearer(signedAs(claims(), '"exp":"soon"'))],
  [
    "a start that is text",
    "token_malformed",
    cognito,
    () => bearer(signedAs(claims(), `"exp":${seconds() + 300},"nbf":"now"`)),
  ],
  ["an expired token", "token_expired", cognito, () => bearer(token({ exp: seconds() }))],
  ["a token that never expires", "expiry_missing", cognito, () => bearer(token({ exp: undefined }))],
  ["a token of the future", "token_not_yet_valid", cognito, () => bearer(token({ nbf: seconds() + 60 }))],
  ["no user name", "user_name_invalid", cognito, () => bearer(token({ username: undefined }))],
  ["a user name that is no text", "user_name_invalid", cognito, () => bearer(token({ username: ["alice"] }))],
  ...[
    "*",
    "user-?",
    "a/b",
    "a%2fb",
    "..",
    "../bob",
    "a..b",
    "älice",
    "ａlice",
    "${cognito}",
    "a b",
    "a\n",
    "a",
    "",
    "a".repeat(64),
  ].map((name): (typeof refused)[number] => [
    `the user name ${JSON.stringify(name)}`,
    "user_name_invalid",
    cognito,
    () => bearer(token({ username: name })),
  ]),
  [
    "a plain JWT where at+jwt is asked for",
    "token_type_wrong",
    rfc9068,
    () => bearer(rfcToken({}, { typ: "JWT" })),
  ],
  [
    "no type where at+jwt is asked for",
    "token_type_wrong",
    rfc9068,
    () => bearer(rfcToken({}, { typ: undefined })),
  ],
  ["another audience", "audience_wrong", rfc9068, () => bearer(rfcToken({ aud: "other" }))],
  [
    "groups that are no names",
    "groups_invalid",
    { ...cognito, groupsClaim: "cognito:groups" },
    () => bearer(token({ "cognito:groups": [7] })),
  ],
  ["no audience", "audience_wrong", rfc9068, () => bearer(rfcToken({ aud: undefined }))],
];

describe("the authorizer answers 401 to", () => {
  it.each(refused)("%s (%s)", async (_case, code, rules, event) => {
    await expect(call(authorizerOf(rules), event())).resolves.toBe(401);
    expect(lines.at(-1)).toEqual({
      level: "WARN",
      message: "denied",
      code,
      requestId: "request-1",
      decision: "deny",
    });
  });

  it("every kind of bad token that it knows", () => {
    expect(new Set(refused.map(([, code]) => code))).toEqual(new Set(DENIAL_CODES));
  });
});

describe("the authorizer answers 500 to a good token when", () => {
  it.each<[string, string, (jwks: JwksServer) => unknown]>([
    ["the issuer is down", "connection", (jwks) => jwks.close()],
    [
      "the issuer does not answer",
      "timeout",
      (jwks) => {
        jwks.answer(() => undefined);
      },
    ],
    [
      "the issuer fails",
      "status",
      (jwks) => {
        jwks.answer((_, response) => response.writeHead(500).end());
      },
    ],
    [
      "the issuer answers nonsense",
      "malformed",
      (jwks) => {
        jwks.answer((_, response) => response.end("<html>"));
      },
    ],
  ])("%s", async (_case, reason, harm) => {
    const jwks = await startJwksServer(key);
    await harm(jwks);
    await expect(
      call(authorizerOf(cognito, jwks.uri, reason === "timeout" ? 40 : 5000), bearer(token())),
    ).resolves.toBe(500);
    expect(lines.at(-1)).toEqual({
      level: "ERROR",
      message: "failed",
      code: "jwks_unavailable",
      requestId: "request-1",
      decision: "error",
      reason,
    });
    await jwks.close();
  });

  it("an unexpected error is thrown, whose message it does not repeat", async () => {
    const good = token();
    const authorizer = createHandler({
      verifyToken: () => Promise.reject(new TypeError(`cannot read ${good}`)),
      log: (line) => lines.push(line),
    });
    await expect(call(authorizer, bearer(good))).resolves.toBe(500);
    expect(lines.at(-1)).toMatchObject({ code: "internal_error", decision: "error", reason: "TypeError" });
    expect(thrown.at(-1)).toMatch(/^internal error: TypeError\n {4}at /);
  });

  it.each([null, undefined, 7, "event", {}, { requestContext: null }])("the event is %j", async (event) => {
    const before = lines.length;
    await expect(authorizerOf(cognito)(event as never)).rejects.toThrow();
    expect(lines.slice(before)).toMatchObject([
      { decision: expect.stringMatching(/^(deny|error)$/) as unknown },
    ]);
  });

  it("the event names no method that it could allow", async () => {
    const event = { ...bearer(token()), methodArn: METHOD_ARN.slice(0, 30) };
    await expect(call(authorizerOf(cognito), event)).resolves.toBe(500);
    expect(lines.at(-1)).toMatchObject({ code: "internal_error", decision: "error" });
  });
});

describe("the authorizer", () => {
  it("passes an outage on unchanged", async () => {
    const outage = new JwksUnavailable("timeout");
    const authorizer = createHandler({ verifyToken: () => Promise.reject(outage), log: () => undefined });
    await expect(authorizer(bearer(token()))).rejects.toBe(outage);
  });

  it("reads no keys before it has a token that a key could verify", async () => {
    const jwks = await startJwksServer(key);
    const authorizer = authorizerOf(cognito, jwks.uri);
    await call(authorizer, bearer(unsignedToken({ alg: "none", kid: key.kid }, claims())));
    await call(authorizer, bearer(confusedToken(key, claims())));
    await call(authorizer, bearer(longToken()));
    expect(jwks.requests).toEqual([]);
    await jwks.close();
  });

  it("never asked the address that a token named", () => {
    expect(evil.requests).toEqual([]);
  });

  it("wrote no token, no part of one and no claim into its log or its errors", () => {
    const written = [...lines.map((line) => JSON.stringify(line)), ...thrown].join("\n");
    const parts = [...tokens].flatMap((one) => [one, ...one.split(".")]).filter((part) => part.length > 10);
    expect(parts.length).toBeGreaterThan(100);
    expect(parts.filter((part) => written.includes(part))).toEqual([]);
    expect(written).not.toMatch(/eyJ|alice|sub-of|client-1|issuer\.example|key-1/);
  });
});
