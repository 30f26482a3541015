import { type AccessTokenRules, TOKEN_PRESETS, type TokenPresetName } from "@studio-access/shared-types";

import { createHandler } from "./handler";
import { authorizerEvent } from "./testing/events";
import { createKey, signToken } from "./testing/issuer";
import { PROVIDERS, type ProviderTokens } from "./testing/provider-tokens";
import { createTokenVerifier } from "./tokens";

const key = createKey("key-1");

const rulesOf = (
  { rules }: ProviderTokens,
  preset: TokenPresetName,
  changes: Partial<AccessTokenRules> = {},
): AccessTokenRules => ({ ...TOKEN_PRESETS[preset], ...rules, ...changes });

/** The user name that the handler hands on, or the code with which it refuses. */
async function answer(
  { header, claims }: { readonly header: object; readonly claims: object },
  rules: AccessTokenRules,
): Promise<unknown> {
  const codes: string[] = [];
  const handler = createHandler({
    verifyToken: createTokenVerifier(rules, () => Promise.resolve(key.publicKey)),
    log: ({ code }) => codes.push(code),
  });
  const times = { iat: 1, exp: Math.floor(Date.now() / 1000) + 300 };
  const token = signToken(key, { ...claims, ...times }, { typ: undefined, ...header });
  try {
    const { context } = await handler(authorizerEvent({ headers: { Authorization: `Bearer ${token}` } }));
    return context?.["userName"];
  } catch {
    return codes.at(-1);
  }
}

describe.each(PROVIDERS.map((provider) => [provider.preset, provider] as const))(
  "a token of %s, as its documentation shows it",
  (preset, provider) => {
    const { accessToken, idToken, idTokenRefusal, alike, userName, rules } = provider;

    it("is accepted with its preset, and the mapped name handed on", async () => {
      await expect(answer(accessToken, rulesOf(provider, preset))).resolves.toBe(userName);
    });

    it.each(PROVIDERS.map((other) => other.preset).filter((other) => other !== preset))(
      "is refused with the preset %s, unless that asks for the same",
      async (other) => {
        const expected = alike.includes(other) ? userName : (expect.stringMatching(/_wrong$/) as unknown);
        await expect(answer(accessToken, rulesOf(provider, other))).resolves.toEqual(expected);
      },
    );

    it("is refused where it is an ID token", async () => {
      await expect(answer(idToken, rulesOf(provider, preset))).resolves.toBe(idTokenRefusal[0]);
    });

    it("is refused where it is an ID token with the API among its audiences", async () => {
      const claims = { ...idToken.claims, aud: [idToken.claims["aud"], ...(rules.audiences ?? [])] };
      await expect(answer({ ...idToken, claims }, rulesOf(provider, preset))).resolves.toBe(
        idTokenRefusal[1],
      );
    });

    it("is refused for another client, another audience and another issuer", async () => {
      for (const [changes, code] of [
        [{ clientId: "another" }, "client_wrong"],
        [{ audiences: ["another"] }, "audience_wrong"],
        [{ issuer: `${rules.issuer}x` }, "issuer_wrong"],
        [{ userNameClaim: "another" }, "user_name_invalid"],
      ] as const) {
        await expect(answer(accessToken, rulesOf(provider, preset, changes))).resolves.toBe(code);
      }
    });

    it("has its issuer compared with the slash at its end", async () => {
      const issuer = rules.issuer.endsWith("/") ? rules.issuer.slice(0, -1) : `${rules.issuer}/`;
      await expect(answer(accessToken, rulesOf(provider, preset, { issuer }))).resolves.toBe("issuer_wrong");
    });

    it("is accepted where one of several audiences is its own", async () => {
      const audiences = ["another", ...(rules.audiences ?? [])];
      await expect(answer(accessToken, rulesOf(provider, preset, { audiences }))).resolves.toBe(userName);
    });
  },
);

describe("the type in a token's header", () => {
  const [{ accessToken, rules } = PROVIDERS[0]!] = PROVIDERS.filter(({ preset }) => preset === "rfc9068");
  const typed = async (typ: unknown, types: readonly string[]): Promise<unknown> =>
    answer({ ...accessToken, header: { typ } }, { ...TOKEN_PRESETS.rfc9068, ...rules, types });

  it.each([
    ["at+jwt", "application/AT+JWT"],
    ["application/at+jwt", "at+jwt"],
    ["JWT", "jwt"],
    ["application/okta-internal-at+jwt", "okta-internal-at+jwt"],
  ])("may leave application/ out, in any case: %s for %s", async (accepted, typ) => {
    await expect(typed(typ, [accepted])).resolves.toBe("jane-doe");
  });

  it("may be missing only where the rules say so, and then must be", async () => {
    await expect(typed(undefined, ["none"])).resolves.toBe("jane-doe");
    for (const typ of ["none", "NONE", "application/none", "JWT", "", null, 7, ["none"]])
      await expect(typed(typ, ["none"])).resolves.toBe("token_type_wrong");
    for (const typ of [undefined, "", null])
      await expect(typed(typ, ["JWT"])).resolves.toBe("token_type_wrong");
  });
});
