import { AUTHORIZER_ENVIRONMENT as NAMES } from "@studio-access/shared-types";
import { readConfig } from "./config";

const cognito = {
  [NAMES.issuer]: "https://issuer.example/pool",
  [NAMES.jwksUri]: "https://issuer.example/pool/keys",
  [NAMES.clientId]: "client-1",
  [NAMES.tokenProfile]: "cognito",
  [NAMES.userNameClaim]: "username",
};

const oidc = {
  ...cognito,
  [NAMES.tokenProfile]: "oidc",
  [NAMES.clientClaim]: "azp",
  [NAMES.tokenTypes]: '["JWT","at+jwt"]',
  [NAMES.audiences]: '["studio","api://studio"]',
  [NAMES.requiredClaims]: '{"typ":"Bearer"}',
};

describe("readConfig", () => {
  it("reads the cognito profile", () => {
    expect(readConfig(cognito)).toEqual({
      jwksUri: "https://issuer.example/pool/keys",
      rules: {
        issuer: "https://issuer.example/pool",
        clientId: "client-1",
        clientClaim: "client_id",
        types: undefined,
        audiences: undefined,
        requiredClaims: { token_use: "access" },
        userNameClaim: "username",
      },
    });
  });

  it("reads every rule of another provider", () => {
    expect(readConfig(oidc).rules).toEqual({
      issuer: "https://issuer.example/pool",
      clientId: "client-1",
      clientClaim: "azp",
      types: ["JWT", "at+jwt"],
      audiences: ["studio", "api://studio"],
      requiredClaims: { typ: "Bearer" },
      userNameClaim: "username",
    });
  });

  it("lists every missing name at once", () => {
    const act = (): unknown => readConfig({});
    for (const name of [
      NAMES.issuer,
      NAMES.jwksUri,
      NAMES.clientId,
      NAMES.tokenProfile,
      NAMES.userNameClaim,
    ]) {
      expect(act).toThrow(`${name} is missing`);
    }
  });

  it("counts an empty value as missing", () => {
    expect(() => readConfig({ ...cognito, [NAMES.clientId]: "" })).toThrow("CLIENT_ID is missing");
  });

  it.each([NAMES.clientClaim, NAMES.tokenTypes, NAMES.audiences])(
    "takes %s for no option: an absent rule would be one that everything meets",
    (name) => {
      expect(() => readConfig({ ...oidc, [name]: "" })).toThrow(`${name} is missing`);
      expect(() => readConfig({ ...oidc, [name]: undefined })).toThrow(`${name} is missing`);
    },
  );

  it.each(["[]", '[""]', "[7]", '"studio"', "{}", "studio", '[["studio"]]'])(
    "refuses the list %s",
    (text) => {
      expect(() => readConfig({ ...oidc, [NAMES.audiences]: text })).toThrow(
        "AUDIENCES must be a JSON array of strings",
      );
    },
  );

  it.each(["[]", '{"typ":7}', '{"typ":""}', "null", "typ"])("refuses the required claims %s", (text) => {
    expect(() => readConfig({ ...oidc, [NAMES.requiredClaims]: text })).toThrow(
      "REQUIRED_CLAIMS must be a JSON object of strings",
    );
  });

  it("asks for no claims beyond the others where none are given", () => {
    expect(readConfig({ ...oidc, [NAMES.requiredClaims]: undefined }).rules.requiredClaims).toEqual({});
  });

  it.each([NAMES.clientClaim, NAMES.tokenTypes, NAMES.audiences, NAMES.requiredClaims])(
    "refuses %s for cognito, whose rules are known",
    (name) => {
      expect(() => readConfig({ ...cognito, [name]: oidc[name] })).toThrow(
        `${name} has no meaning for cognito`,
      );
    },
  );

  it.each([
    ["cognito", cognito],
    ["oidc", oidc],
  ])("reads for %s where the groups stand, and their prefix", (_profile, env) => {
    expect(readConfig(env).rules).not.toHaveProperty("groupsClaim");
    const claimed = { ...env, [NAMES.groupsClaim]: "cognito:groups" };
    expect(readConfig(claimed).rules.groupsClaim).toBe("cognito:groups");
    expect(readConfig(claimed).rules).not.toHaveProperty("groupPrefix");
    expect(readConfig({ ...claimed, [NAMES.groupPrefix]: "studio-" }).rules.groupPrefix).toBe("studio-");
  });

  it("refuses a prefix of groups that nothing reads", () => {
    expect(() => readConfig({ ...cognito, [NAMES.groupPrefix]: "studio-" })).toThrow(
      "GROUP_PREFIX has no meaning without GROUPS_CLAIM",
    );
  });

  it("refuses an unknown profile", () => {
    expect(() => readConfig({ ...cognito, [NAMES.tokenProfile]: "saml" })).toThrow(
      "must be one of cognito, oidc",
    );
  });

  it.each([
    " https://issuer.example/keys",
    "http://issuer.example/keys",
    "file:///keys",
    "keys",
    "http://127.0.0.1.example/keys",
  ])("refuses to read keys from %s", (uri) => {
    expect(() => readConfig({ ...cognito, [NAMES.jwksUri]: uri })).toThrow("JWKS_URI must be an https URL");
  });

  it.each(["http://127.0.0.1:8080/keys", "http://localhost:8080/keys", "http://[::1]:8080/keys"])(
    "reads keys from %s, which never leaves the machine",
    (uri) => {
      expect(readConfig({ ...cognito, [NAMES.jwksUri]: uri }).jwksUri).toBe(uri);
    },
  );
});
