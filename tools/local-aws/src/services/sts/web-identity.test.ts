import type { WebIdentity } from "../../server/data-plane";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AUDIENCE, exampleIssuer, SUBJECT, type ExampleIssuer } from "./testing/example-issuer";
import { IssuerKeys } from "./token-issuers";
import { webIdentities } from "./web-identity";

const ROLE = "arn:aws:iam::222222222222:role/ci/deploy";
const HOST = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::222222222222:oidc-provider/${HOST}`;
const NOW = Date.parse("2026-04-09T12:00:00Z");
const SECONDS = NOW / 1000;

let issuer: ExampleIssuer;

beforeAll(async () => {
  issuer = await exampleIssuer(() => NOW);
});

/** An account with a provider for GitHub, and an STS that has GitHub's keys. */
function setUp(audience = AUDIENCE): { moto: FakeMoto; asked: string[] } {
  const asked: string[] = [];
  const moto = new FakeMoto({
    query: (service, account, _region, { OpenIDConnectProviderArn = "" }) => {
      asked.push(`${service} ${account} ${OpenIDConnectProviderArn}`);
      if (OpenIDConnectProviderArn !== PROVIDER) return xmlAnswer("<ErrorResponse/>", 404);
      const ids = `<ClientIDList><member>${audience}</member></ClientIDList>`;
      const result = `<GetOpenIDConnectProviderResult>${ids}</GetOpenIDConnectProviderResult>`;
      return xmlAnswer(`<GetOpenIDConnectProviderResponse>${result}</GetOpenIDConnectProviderResponse>`);
    },
  });
  return { moto, asked };
}

async function identify(
  token: string,
  { moto } = setUp(),
  parameters: Readonly<Record<string, string>> = {},
  keys: Pick<IssuerKeys, "of"> = { of: () => issuer.keySet },
): Promise<WebIdentity> {
  const all = { RoleArn: ROLE, RoleSessionName: "run-1", WebIdentityToken: token, ...parameters };
  const of = webIdentities({ moto, keys, clock: () => NOW });
  return await of(formCall("AssumeRoleWithWebIdentity", all, { service: "sts", account: "222222222222" }));
}

describe("a token that its issuer signed", () => {
  it("identifies its subject in the account of the role", async () => {
    const account = setUp();
    const identity = await identify(await issuer.token(), account);
    expect(identity).toMatchObject({ provider: PROVIDER, subject: SUBJECT, audience: AUDIENCE });
    expect(account.asked).toEqual([`iam 222222222222 ${PROVIDER}`]);
  });

  it("gives the claims that AWS has condition keys for", async () => {
    const token = await issuer.token({ environment: "live", repository_owner: "example", run_id: "7" });
    const { claims } = await identify(token);
    expect(claims).toEqual({
      [`${HOST}:aud`]: AUDIENCE,
      [`${HOST}:sub`]: SUBJECT,
      [`${HOST}:repository`]: "example/deploy",
      [`${HOST}:environment`]: "live",
    });
  });

  it("gives the session the condition keys of its subject and provider", async () => {
    const { sessionKeys } = await identify(await issuer.token());
    expect(sessionKeys).toEqual({
      [`${HOST}:aud`]: AUDIENCE,
      [`${HOST}:sub`]: SUBJECT,
      "aws:FederatedProvider": PROVIDER,
    });
  });

  it("is verified once in a call", async () => {
    const { moto, asked } = setUp();
    const of = webIdentities({ moto, keys: { of: () => issuer.keySet }, clock: () => NOW });
    const all = { RoleArn: ROLE, RoleSessionName: "run-1", WebIdentityToken: await issuer.token() };
    const call = formCall("AssumeRoleWithWebIdentity", all, { service: "sts" });
    expect(await of(call)).toBe(await of(call));
    expect(asked).toHaveLength(1);
  });
});

describe("a token", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string, string | RegExp]>([
    [
      "that has expired",
      { exp: SECONDS - 1 },
      "ExpiredTokenException",
      `Token expired: current date/time ${SECONDS} must be before the expiration date/time ${SECONDS - 1}`,
    ],
    ["that is not valid yet", { nbf: SECONDS + 60 }, "InvalidIdentityToken", /could not be validated/],
    ["without a subject", { sub: undefined }, "InvalidIdentityToken", "Missing a required claim: sub"],
    [
      "without an expiration time",
      { exp: undefined },
      "InvalidIdentityToken",
      "Missing a required claim: exp",
    ],
    ["whose subject is not a string", { sub: 7 }, "InvalidIdentityToken", /not a valid JWT/],
    [
      "for another audience",
      { aud: "https://example.com" },
      "InvalidIdentityToken",
      "Incorrect token audience",
    ],
    [
      "of an issuer that the account has no provider for",
      { iss: "https://example.com" },
      "InvalidIdentityToken",
      "No OpenIDConnect provider found in your account for https://example.com",
    ],
    ["with several audiences", { aud: [AUDIENCE, "x"] }, "NotImplemented", /several audiences/],
    ["with session tags", { "https://aws.amazon.com/tags": {} }, "NotImplemented", /amazon.com\/tags/],
  ])("%s is refused", async (_, claims, code, message) => {
    const token = await issuer.token(claims);
    const refused = identify(token);
    await expect(refused).rejects.toMatchObject({ code });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(token);
  });

  it("that another key signed is refused", async () => {
    const forged = await (await exampleIssuer(() => NOW)).token();
    await expect(identify(forged)).rejects.toMatchObject({ code: "InvalidIdentityToken" });
  });

  it("that is malformed is refused, and the message does not quote it", async () => {
    const refused = identify("no-token");
    await expect(refused).rejects.toMatchObject({ code: "InvalidIdentityToken" });
    await expect(refused).rejects.not.toThrow("no-token");
  });

  it("of an issuer that is not configured is refused", async () => {
    const refused = identify(await issuer.token(), setUp(), {}, new IssuerKeys({}));
    await expect(refused).rejects.toMatchObject({ code: "InvalidIdentityToken" });
    await expect(refused).rejects.toThrow("Couldn't retrieve verification key from your identity provider");
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["a token of three characters", { WebIdentityToken: "abc" }, "ValidationError"],
    ["an ARN that is not a role's", { RoleArn: "arn:aws:iam::222222222222:user/x" }, "ValidationError"],
    ["a token of another kind", { ProviderId: "graph.facebook.com" }, "NotImplemented"],
  ])("is not looked at in a request with %s", async (_, parameters, code) => {
    const account = setUp();
    await expect(identify(await issuer.token(), account, parameters)).rejects.toMatchObject({ code });
    expect(account.asked).toEqual([]);
  });
});
