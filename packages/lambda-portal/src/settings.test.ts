import { readSettings } from "./settings";
import { environmentOf, SETTINGS } from "./testing/settings";

const { endpoints, company, ...least } = SETTINGS;

function problemsOf(changes: object): string {
  try {
    readSettings(environmentOf({ ...SETTINGS, ...changes }));
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("readSettings", () => {
  it("reads everything that there is to set, and what is the least", () => {
    expect(readSettings(environmentOf(SETTINGS))).toEqual(SETTINGS);
    expect(readSettings(environmentOf(least))).toEqual(least);
  });

  it.each([
    [undefined, "PORTAL_SETTINGS is missing"],
    ["", "PORTAL_SETTINGS is missing"],
    ["{", "PORTAL_SETTINGS must be a JSON object"],
    ["[]", "PORTAL_SETTINGS must be a JSON object"],
  ])("says what is wrong with the variable %p", (PORTAL_SETTINGS, problem) => {
    expect(() => readSettings({ PORTAL_SETTINGS })).toThrow(`bad environment: ${problem}`);
  });

  it.each([
    [{ issuer: "http://sso.example.com" }, "issuer must be an https URL"],
    [{ issuer: " https://sso.example.com" }, "issuer must be an https URL"],
    [{ issuer: "http://localhost.example.com" }, "issuer must be an https URL"],
    [{ issuer: "http://sign-in.localhost:4566" }, "none"],
    [{ clientId: "" }, "clientId is missing"],
    [{ scopes: ["profile"] }, "scopes must be a list of texts with openid"],
    [{ scopes: "openid" }, "scopes must be a list of texts with openid"],
    [
      { scopes: ["openid", "offline_access"] },
      "scopes must not hold offline_access: the page keeps no tokens",
    ],
    [{ authorizationParameters: { audience: 1 } }, "authorizationParameters must be an object of texts"],
    [{ authorizationParameters: undefined }, "authorizationParameters must be an object of texts"],
    [
      { authorizationParameters: { state: "x", audience: "y" } },
      "authorizationParameters must not set state",
    ],
    [{ userNameClaim: "" }, "userNameClaim is missing"],
    [{ region: "eu-west-1.evil.example" }, "region must be a region of AWS"],
    [{ region: "us-gov-west-1" }, "none"],
    [{ signIn: "later" }, "signIn must be one of at_once, button"],
    [{ endpoints: null }, "endpoints must be an object"],
    [{ endpoints: { ...endpoints, token: "javascript:x" } }, "endpoints.token must be an https URL"],
    [{ endpoints: { token: endpoints.token } }, "endpoints.authorization must be an https URL"],
    [{ endpoints: { ...endpoints, endSession: "/" } }, "endpoints.endSession must be an https URL"],
    [{ company: {} }, "company.name is missing"],
    [{ company: { name: "x", logo: "https://example.com/logo.png" } }, "company.logo must be a data: URI"],
    [{ company: { name: "x", logo: "data:text/html,x" } }, "company.logo must be a data: URI"],
    [
      { company: { name: "x", logo: `data:image/png;base64,${"A".repeat(2379)}` } },
      "2400 characters at most",
    ],
    [{ company: { name: "x", support: "http://help.example" } }, "company.support must be a mail address"],
    [{ company: { name: "x", support: "a@b?cc=c" } }, "company.support must be a mail address"],
    [{ company: { name: "x", support: "javascript:x@y" } }, "company.support must be a mail address"],
    [{ company: { ...company, support: "https://help.example/studio" } }, "none"],
  ])("%p: %s", (changes, problem) => {
    expect(problemsOf(changes)).toContain(problem);
  });

  it("lists all problems at once", () => {
    expect(() => readSettings(environmentOf({}))).toThrow(
      /issuer .*; clientId .*; scopes .*; authorizationParameters .*; userNameClaim .*; region .*; signIn /,
    );
  });
});
