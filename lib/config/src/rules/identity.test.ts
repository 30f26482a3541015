import { TOKEN_PRESET_NAMES, TOKEN_PRESETS } from "@studio-access/shared-types";

import { groupRules, tokenRules } from "../identity";
import type { Config, OidcIdentity } from "../schema";
import { describeRules, problemsAfter, sampleConfig } from "../testing/sample";

const OIDC: OidcIdentity = {
  provider: "oidc",
  issuer: "https://id.example.com/tenant/",
  jwksUri: "https://id.example.com/keys",
  clientId: "studio",
  audience: "studio-api",
  userNameClaim: "name",
};

const oidc =
  (changes: Partial<OidcIdentity>) =>
  (config: Config): void => {
    config.identity = { ...OIDC, ...changes };
  };

describe("an identity provider by preset", () => {
  it("has the rules of RFC 9068 without one", () => {
    expect(tokenRules(OIDC)).toEqual({
      issuer: "https://id.example.com/tenant/",
      clientId: "studio",
      audiences: ["studio-api"],
      clientClaim: "client_id",
      types: ["at+jwt"],
      requiredClaims: {},
      userNameClaim: "name",
    });
    expect(tokenRules({ ...OIDC, preset: "rfc9068" })).toEqual(tokenRules(OIDC));
  });

  it.each(TOKEN_PRESET_NAMES)("has the rules of %s, and each field of the config before them", (preset) => {
    expect(tokenRules({ ...OIDC, preset })).toMatchObject({
      ...TOKEN_PRESETS[preset],
      userNameClaim: "name",
    });
    const given = {
      clientClaim: "appid",
      tokenTypes: ["x+jwt"],
      requiredClaims: { use: "access" },
      audience: ["a", "b"],
    } as const;
    expect(
      tokenRules({
        ...OIDC,
        preset,
        ...given,
        tokenTypes: [...given.tokenTypes],
        audience: [...given.audience],
      }),
    ).toMatchObject({
      clientClaim: "appid",
      types: ["x+jwt"],
      requiredClaims: { use: "access" },
      audiences: ["a", "b"],
    });
  });

  it.each(TOKEN_PRESET_NAMES)("is valid with %s", (preset) => {
    expect(problemsAfter(oidc({ preset }))).toEqual([]);
  });

  it.each(["okta", "keycloak"] as const)("takes the claim of the user name from %s", (preset) => {
    expect(problemsAfter(oidc({ preset, userNameClaim: undefined }))).toEqual([]);
    expect(tokenRules({ ...OIDC, preset, userNameClaim: undefined }).userNameClaim).toBe(
      TOKEN_PRESETS[preset].userNameClaim,
    );
  });
});

const NEEDED = "identity.userNameClaim";

describeRules("identity providers", [
  [
    "no claim for the user name",
    oidc({ userNameClaim: undefined }),
    [NEEDED, /^required$/, /preferred_username/],
  ],
  ["none with rfc9068", oidc({ preset: "rfc9068", userNameClaim: undefined }), [NEEDED, /rfc9068/, /claim/]],
  [
    "none with entra",
    oidc({ preset: "entra", userNameClaim: undefined }),
    [NEEDED, /entra/, /"oid".*never changes/],
  ],
  ["none with auth0", oidc({ preset: "auth0", userNameClaim: undefined }), [NEEDED, /auth0/, /Action/]],
  ...(["entra", "okta", "auth0"] as const).map(
    (preset) =>
      [
        `the client as audience with ${preset}`,
        oidc({ preset, audience: ["studio-api", "studio"] }),
        ["identity.audience", /ID token has the client/, /register the API/],
      ] as const,
  ),
  ["the client as audience where the type tells", oidc({ audience: "studio" })],
  ["the client as audience where a claim tells", oidc({ preset: "keycloak", audience: "studio" })],
  [
    "the client as audience where a field took the telling claim away",
    oidc({ preset: "keycloak", audience: "studio", requiredClaims: {} }),
    ["identity.audience", /ID token/, /./],
  ],
  [
    "an issuer of every tenant",
    oidc({ issuer: "https://login.microsoftonline.com/common/v2.0" }),
    ["identity.issuer", /one tenant/, /tenant's own id/],
  ],
  [
    "an issuer to be filled in",
    oidc({ issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" }),
    ["identity.issuer", /one tenant/, /./],
  ],
  [
    "Entra's old issuer with the new client claim",
    oidc({ preset: "entra", issuer: "https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/" }),
    ["identity.issuer", /version 1\.0/, /requestedAccessTokenVersion.*appid/],
  ],
  [
    "Entra's old issuer with the old client claim",
    oidc({
      preset: "entra",
      issuer: "https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/",
      clientClaim: "appid",
    }),
  ],
]);

const withGroups =
  (changes: Partial<OidcIdentity>) =>
  (config: Config): void => {
    oidc(changes)(config);
    config.linesOfBusiness[0]!.groups = ["studio-a"];
  };

describeRules("the claim of the groups", [
  [
    "of a provider of one's own",
    withGroups({}),
    [
      "identity.groupsClaim",
      /required, since linesOfBusiness\[0\] has groups/,
      /write the claim of the access token that holds the groups, such as "groups"/,
    ],
  ],
  ["that Entra calls groups", withGroups({ preset: "entra", audience: "api", userNameClaim: "oid" })],
  [
    "that Auth0 leaves to an Action",
    withGroups({ preset: "auth0" }),
    ["identity.groupsClaim", /required, since/, /Action.*https:\/\/studio\.example\.com\/groups/],
  ],
  ["that the config names", withGroups({ groupsClaim: "https://studio.example.com/groups" })],
  ["that nothing needs", oidc({ groupPrefix: "studio-" })],
  [
    "with a prefix that no group can have",
    withGroups({ groupsClaim: "groups", groupPrefix: "*" }),
    ["identity.groupPrefix", /1 to 64 letters, digits/, /beginning of the groups' names/],
    ["linesOfBusiness[0].groups[0]", /does not begin with/, /change identity/],
  ],
]);

describe("the groups that count", () => {
  it("are told to nobody where no line of business has any", () => {
    expect(groupRules(sampleConfig())).toBeUndefined();
    const config = sampleConfig();
    config.linesOfBusiness[0]!.groups = [];
    expect(groupRules(config)).toBeUndefined();
  });

  it("stand in Cognito's own claim, and in the preset's or the config's elsewhere", () => {
    const of = (changes: Partial<OidcIdentity> | undefined): unknown => {
      const config = sampleConfig();
      if (changes !== undefined) oidc(changes)(config);
      config.linesOfBusiness[1]!.groups = ["studio-b"];
      return groupRules(config);
    };
    expect(of(undefined)).toEqual({ claim: "cognito:groups", prefix: undefined });
    expect(of({ preset: "entra" })).toEqual({ claim: "groups", prefix: undefined });
    expect(of({ groupsClaim: "roles", groupPrefix: "studio-" })).toEqual({
      claim: "roles",
      prefix: "studio-",
    });
  });
});
