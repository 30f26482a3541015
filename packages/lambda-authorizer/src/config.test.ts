import { AUTHORIZER_ENVIRONMENT as NAMES } from "@studio-access/shared-types";
import { readConfig } from "./config";

const cognito = {
  [NAMES.issuer]: "https://issuer.example/pool",
  [NAMES.jwksUri]: "https://issuer.example/pool/keys",
  [NAMES.clientId]: "client-1",
  [NAMES.tokenProfile]: "cognito",
  [NAMES.userNameClaim]: "username",
};

const rfc9068 = { ...cognito, [NAMES.tokenProfile]: "rfc9068", [NAMES.audience]: "studio" };

describe("readConfig", () => {
  it("reads the cognito profile", () => {
    expect(readConfig(cognito)).toEqual({
      jwksUri: "https://issuer.example/pool/keys",
      rules: {
        profile: "cognito",
        issuer: "https://issuer.example/pool",
        clientId: "client-1",
        audience: undefined,
        userNameClaim: "username",
      },
    });
  });

  it("reads the rfc9068 profile with its audience", () => {
    expect(readConfig(rfc9068).rules).toMatchObject({ profile: "rfc9068", audience: "studio" });
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

  it("treats an empty audience as none", () => {
    expect(readConfig({ ...cognito, [NAMES.audience]: "" }).rules.audience).toBeUndefined();
  });

  it("asks for the audience in the rfc9068 profile alone", () => {
    expect(() => readConfig({ ...rfc9068, [NAMES.audience]: "" })).toThrow("AUDIENCE is missing");
    expect(() => readConfig({ ...cognito, [NAMES.audience]: "studio" })).toThrow("AUDIENCE has no meaning");
  });

  it("refuses an unknown profile", () => {
    expect(() => readConfig({ ...cognito, [NAMES.tokenProfile]: "saml" })).toThrow(
      "must be one of cognito, rfc9068",
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
