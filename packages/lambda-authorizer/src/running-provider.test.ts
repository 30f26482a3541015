import {
  AUTHORIZER_ENVIRONMENT as NAMES,
  TOKEN_PRESETS,
  type TokenPresetName,
} from "@studio-access/shared-types";

import { readConfig } from "./config";
import { type Authorizer, createHandler } from "./handler";
import { KeyStore } from "./keys";
import { authorizerEvent, METHOD_ARN } from "./testing/events";
import { createKey } from "./testing/issuer";
import { type RunningProvider, startProvider } from "./testing/running-provider";
import { createTokenVerifier } from "./tokens";

// Loading and starting the provider takes long on a busy machine.
jest.setTimeout(120_000);

const USER = "jane.doe@example.com";
const PROFILE = "m--jane--doe---example--com";

let provider: RunningProvider;
let tokens: Awaited<ReturnType<RunningProvider["signIn"]>>;
const codes: string[] = [];

beforeAll(async () => {
  // It warns that it keeps everything in memory, and of every Node but the newest.
  jest.spyOn(console, "warn").mockImplementation();
  provider = await startProvider(createKey("key-1"));
  tokens = await provider.signIn(USER);
});

afterAll(() => {
  jest.restoreAllMocks();
  return provider.close();
});

/** The authorizer as it is deployed with that preset, with its keys from the provider. */
function authorizerWith(preset: TokenPresetName): Authorizer {
  const { clientClaim, types, requiredClaims } = TOKEN_PRESETS[preset];
  const { jwksUri, rules } = readConfig({
    [NAMES.issuer]: provider.issuer,
    [NAMES.jwksUri]: provider.jwksUri,
    [NAMES.clientId]: provider.clientId,
    [NAMES.tokenProfile]: "oidc",
    [NAMES.userNameClaim]: "preferred_username",
    [NAMES.clientClaim]: clientClaim,
    [NAMES.tokenTypes]: JSON.stringify(types),
    [NAMES.audiences]: JSON.stringify([provider.audience]),
    [NAMES.requiredClaims]: JSON.stringify(requiredClaims),
  });
  const keys = new KeyStore({ jwksUri, timeoutMs: 5000, onFailure: () => undefined });
  return createHandler({
    verifyToken: createTokenVerifier(rules, (kid) => keys.find(kid)),
    log: ({ code }) => codes.push(code),
  });
}

const bearer = (token: string): ReturnType<typeof authorizerEvent> =>
  authorizerEvent({ headers: { Authorization: `Bearer ${token}` } });

describe("with a provider that runs", () => {
  it("the access token of a user who signed in opens the path of the mapped name", async () => {
    const answer = await authorizerWith("rfc9068")(bearer(tokens.accessToken));
    expect(answer.context).toEqual({ userName: PROFILE });
    expect(answer.policyDocument.Statement[0]).toMatchObject({
      Effect: "Allow",
      Resource: METHOD_ARN.replace("alice", PROFILE),
    });
  });

  it("the ID token of the same sign-in is refused by its type", async () => {
    expect(tokens.idToken).toMatch(/^ey/);
    await expect(authorizerWith("rfc9068")(bearer(tokens.idToken))).rejects.toThrow("Unauthorized");
    expect(codes.at(-1)).toBe("token_type_wrong");
  });

  it.each(["entra", "okta", "auth0", "keycloak"] as const)(
    "neither token is accepted with the preset %s",
    async (preset) => {
      for (const token of [tokens.accessToken, tokens.idToken])
        await expect(authorizerWith(preset)(bearer(token))).rejects.toThrow("Unauthorized");
    },
  );
});
