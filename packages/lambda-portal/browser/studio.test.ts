import { Problem } from "./problem";
import { studioUrl, userNameOf } from "./studio";

const STUDIO = "https://DOMAIN.studio.eu-west-1.sagemaker.aws";
const GOOD = "https://d-abc123.studio.eu-west-1.sagemaker.aws/auth?token=x";

function tokenOf(claims: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
  return `header.${base64.replaceAll("+", "-").replaceAll("/", "_")}.signature`;
}

describe("studioUrl", () => {
  it("accepts the URL of any Studio domain of the region", () => {
    expect(studioUrl(GOOD, STUDIO)).toBe(GOOD);
  });

  it.each([
    undefined,
    null,
    7,
    "",
    "/auth",
    "http://d-abc123.studio.eu-west-1.sagemaker.aws/",
    "https://d-abc123.studio.us-east-1.sagemaker.aws/",
    "https://d-abc123.studio.eu-west-1.sagemaker.aws.evil.example/",
    "https://evil.example/d-abc123.studio.eu-west-1.sagemaker.aws/",
    "https://d-abc123.x.studio.eu-west-1.sagemaker.aws/",
    "https://domain.studio.eu-west-1.sagemaker.aws/",
    "https://d-abc123.studio.eu-west-1.sagemaker.aws:8443/",
    "https://user:word@d-abc123.studio.eu-west-1.sagemaker.aws/",
    "https://d-abc123.studio.eu-west-1.sagemaker.aws@evil.example/",
    "blob:https://d-abc123.studio.eu-west-1.sagemaker.aws/x",
    "javascript://d-abc123.studio.eu-west-1.sagemaker.aws/%0aalert()",
  ])("refuses %p", (url) => {
    expect(() => studioUrl(url, STUDIO)).toThrow(new Problem("url_unexpected"));
  });
});

describe("userNameOf", () => {
  it.each([
    ["jane-doe", "jane-doe"],
    ["jane.doe@example.com", "m--jane--doe---example--com"],
  ])("of %s is %s, as the API's path has it", (name, expected) => {
    expect(
      userNameOf(tokenOf({ sub: "s", "https://example.com/user": name }), "https://example.com/user"),
    ).toBe(expected);
  });

  it.each([
    ["a token that is none", "opaque"],
    ["a payload that is no JSON", "a.b.c"],
    ["no claim", tokenOf({ sub: "s" })],
    ["a list", tokenOf({ name: ["jane"] })],
    ["a name with a slash", tokenOf({ name: "jane/../john" })],
    ["a name of another alphabet", tokenOf({ name: "Žofie" })],
  ])("has no name for %s", (_what, token) => {
    expect(() => userNameOf(token, "name")).toThrow(new Problem("user_name_unusable"));
  });
});
