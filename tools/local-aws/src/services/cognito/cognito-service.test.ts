import { generateKeyPairSync } from "node:crypto";

import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JWK } from "jose";

import type { Reply } from "../../server/call";
import { FakeMoto, fakeCall, jsonAnswer } from "../testing/fake-moto";
import { CognitoService } from "./cognito-service";
import { PoolDirectory } from "./pool-directory";
import { TokenIssuer, type KeyPair } from "./token-issuer";

interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly ExpiresIn: number;
}

const CLIENT = {
  ClientId: "client-1",
  UserPoolId: "eu-west-1_pool",
  ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  PreventUserExistenceErrors: "ENABLED",
  AccessTokenValidity: 15,
  TokenValidityUnits: { AccessToken: "minutes" },
};

/** A token as moto issues it: with the same key for every pool, for an hour. */
const motoToken = (use: string): Promise<string> =>
  new SignJWT({ token_use: use, sub: "s" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(Buffer.from("moto's only key, for tokens of every pool"));
let motoAccess: string;
let motoId: string;

beforeAll(async () => {
  [motoAccess, motoId] = [await motoToken("access"), await motoToken("id")];
});

/** Created once, because a key of this size takes long. No test needs more than the two keys of a pool. */
const KEYS: readonly KeyPair[] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));

function tokenIssuer(): TokenIssuer {
  const left = [...KEYS];
  return new TokenIssuer(() => {
    const pair = left.pop();
    return pair ? Promise.resolve(pair) : Promise.reject(new Error("a third key was asked for"));
  });
}

class Cognito {
  readonly moto: FakeMoto;
  readonly #service: CognitoService;

  constructor(signIn: () => Reply = () => this.#signedIn()) {
    this.moto = new FakeMoto({
      forward: (call) => {
        if (call.operation === "CreateUserPool") return jsonAnswer({ UserPool: { Id: CLIENT.UserPoolId } });
        if (call.operation.endsWith("UserPoolClient"))
          return jsonAnswer({ UserPoolClient: JSON.parse(call.body.toString()) as object });
        return call.operation.endsWith("Auth") ? signIn() : jsonAnswer({ ok: true });
      },
    });
    this.#service = new CognitoService(this.moto, {
      tokens: tokenIssuer(),
      directory: new PoolDirectory(),
    });
  }

  async withClient(settings: object = {}): Promise<this> {
    await this.send("CreateUserPool", {});
    await this.send("CreateUserPoolClient", { ...CLIENT, ...settings });
    return this;
  }

  async send(operation: string, input: object): Promise<Record<string, unknown>> {
    const call = fakeCall({ service: "cognito-idp", operation, body: JSON.stringify(input) });
    return JSON.parse((await this.#service.handle(call)).body.toString()) as Record<string, unknown>;
  }

  async signIn(AuthFlow = "USER_PASSWORD_AUTH"): Promise<Tokens> {
    return (await this.send("InitiateAuth", { ClientId: CLIENT.ClientId, AuthFlow }))[
      "AuthenticationResult"
    ] as Tokens;
  }

  async keys(pool: string = CLIENT.UserPoolId): Promise<JWK[]> {
    const { keys } = JSON.parse((await this.document("jwks.json", pool)).body.toString()) as { keys: JWK[] };
    return keys;
  }

  async document(name: string, pool: string = CLIENT.UserPoolId): Promise<Reply> {
    const call = fakeCall({ service: "cognito-idp", method: "GET", path: `/${pool}/.well-known/${name}` });
    return await this.#service.handle(call);
  }

  #signedIn(): Reply {
    const AuthenticationResult = {
      AccessToken: motoAccess,
      IdToken: motoId,
      ExpiresIn: 3600,
      TokenType: "Bearer",
    };
    return jsonAnswer({ AuthenticationResult });
  }
}

function kidOf(token: string): string | undefined {
  return decodeProtectedHeader(token).kid;
}

describe("signing in", () => {
  it("gives tokens that the pool's published keys verify", async () => {
    const cognito = await new Cognito().withClient();
    const { AccessToken } = await cognito.signIn();
    const keys = createLocalJWKSet({ keys: await cognito.keys() });
    const { payload, protectedHeader } = await jwtVerify(AccessToken, keys, { algorithms: ["RS256"] });
    expect((await cognito.keys()).map(({ kid }) => kid)).toContain(protectedHeader.kid);
    expect(payload).toMatchObject({ token_use: "access", sub: "s" });
  });

  it("signs access and ID tokens with different keys", async () => {
    const { AccessToken, IdToken } = await (await new Cognito().withClient()).signIn();
    expect(kidOf(AccessToken)).not.toBe(kidOf(IdToken));
  });

  it("gives access tokens the lifetime that the client names", async () => {
    const { AccessToken, ExpiresIn } = await (await new Cognito().withClient()).signIn();
    const { exp = 0, iat = 0 } = decodeJwt(AccessToken);
    expect([exp - iat, ExpiresIn]).toEqual([900, 900]);
  });

  it("gives an hour where the client names no lifetime, and reads a lifetime without a unit as hours", async () => {
    const lifetime = async (settings: object): Promise<number> =>
      (await (await new Cognito().withClient(settings)).signIn()).ExpiresIn;
    expect(await lifetime({ AccessTokenValidity: 0 })).toBe(3600);
    expect(await lifetime({ AccessTokenValidity: 2, TokenValidityUnits: {} })).toBe(7200);
  });

  it("follows the client's settings after an update", async () => {
    const cognito = await new Cognito().withClient();
    await cognito.send("UpdateUserPoolClient", { ...CLIENT, AccessTokenValidity: 5 });
    expect((await cognito.signIn()).ExpiresIn).toBe(300);
  });

  it.each(["USER_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH", "MADE_UP"])(
    "refuses %s, which the client does not allow",
    async (flow) => {
      const cognito = await new Cognito().withClient();
      await expect(cognito.signIn(flow)).rejects.toMatchObject({ code: "InvalidParameterException" });
    },
  );

  it("refuses SRP sign-in, whose password moto does not check", async () => {
    const cognito = await new Cognito().withClient({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    await expect(cognito.signIn("USER_SRP_AUTH")).rejects.toMatchObject({ code: "NotImplemented" });
  });

  it("allows no password sign-in to a client that names no flow", async () => {
    const cognito = await new Cognito().withClient({ ExplicitAuthFlows: [] });
    await expect(cognito.signIn()).rejects.toMatchObject({ code: "InvalidParameterException" });
  });
});

describe("an unknown user", () => {
  const unknown = (): Reply =>
    jsonAnswer({ __type: "UserNotFoundException", message: "User does not exist." }, 400);

  it("gets the error of a wrong password if the client prevents user existence errors", async () => {
    const cognito = await new Cognito(unknown).withClient();
    await expect(cognito.signIn()).rejects.toMatchObject({
      code: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
  });

  it("gets UserNotFoundException if the client does not", async () => {
    const cognito = await new Cognito(unknown).withClient({ PreventUserExistenceErrors: "LEGACY" });
    const answer = await cognito.send("InitiateAuth", {
      ClientId: CLIENT.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
    });
    expect(answer["__type"]).toBe("UserNotFoundException");
  });
});

describe("a signed-in user", () => {
  it("is identified to moto by moto's own token", async () => {
    const cognito = await new Cognito().withClient();
    const { AccessToken } = await cognito.signIn();
    await cognito.send("GetUser", { AccessToken });
    expect(JSON.parse(cognito.moto.forwarded.at(-1)?.body ?? "")).toEqual({ AccessToken: motoAccess });
  });

  it("cannot use a token that the local AWS did not issue, including moto's own", async () => {
    const cognito = await new Cognito().withClient();
    await cognito.signIn();
    await expect(cognito.send("GetUser", { AccessToken: motoAccess })).rejects.toMatchObject({
      code: "NotAuthorizedException",
    });
    await expect(cognito.send("GetUser", { AccessToken: "garbage" })).rejects.toMatchObject({
      code: "NotAuthorizedException",
    });
  });
});

describe("the keys of a pool", () => {
  it("stay the same", async () => {
    const cognito = await new Cognito().withClient();
    expect(await cognito.keys()).toEqual(await cognito.keys());
  });

  it("hold no private part", async () => {
    for (const key of await (await new Cognito().withClient()).keys()) {
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    }
  });

  it("exist only for existing pools", async () => {
    const cognito = await new Cognito().withClient();
    await expect(cognito.keys("eu-west-1_other")).rejects.toMatchObject({ status: 404 });
    await cognito.send("DeleteUserPool", { UserPoolId: CLIENT.UserPoolId });
    await expect(cognito.keys()).rejects.toMatchObject({ status: 404 });
  });
});

describe("the metadata of a pool", () => {
  const metadata = async (cognito: Cognito): Promise<Record<string, unknown>> =>
    JSON.parse((await cognito.document("openid-configuration")).body.toString()) as Record<string, unknown>;
  const issuer = `https://cognito-idp.eu-west-1.amazonaws.com/${CLIENT.UserPoolId}`;

  it("names the issuer and the keys, and with a domain the endpoints of the hosted sign-in", async () => {
    const cognito = await new Cognito().withClient();
    const before = await metadata(cognito);
    expect(before).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
    expect(before).not.toHaveProperty("authorization_endpoint");
    await cognito.send("CreateUserPoolDomain", { Domain: "people", UserPoolId: CLIENT.UserPoolId });
    const host = "https://people.auth.eu-west-1.amazoncognito.com";
    expect(await metadata(cognito)).toMatchObject({
      authorization_endpoint: `${host}/oauth2/authorize`,
      token_endpoint: `${host}/oauth2/token`,
      end_session_endpoint: `${host}/logout`,
    });
    await cognito.send("DeleteUserPoolDomain", { Domain: "people", UserPoolId: CLIENT.UserPoolId });
    expect(await metadata(cognito)).toEqual(before);
  });

  it("can be read by every web page, as the keys can", async () => {
    const cognito = await new Cognito().withClient();
    for (const name of ["openid-configuration", "jwks.json"])
      expect((await cognito.document(name)).headers).toMatchObject({ "access-control-allow-origin": "*" });
  });
});
