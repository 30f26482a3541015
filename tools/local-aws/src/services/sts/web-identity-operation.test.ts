import type { WebIdentity } from "../../server/data-plane";
import { parseXml, textAt } from "../../server/xml";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { SessionRegistry } from "./session-registry";
import { assumeRoleWithWebIdentity } from "./web-identity-operation";

const ROLE = "arn:aws:iam::222222222222:role/ci/deploy";
const identity: WebIdentity = {
  provider: "arn:aws:iam::222222222222:oidc-provider/issuer.example.com",
  subject: "repo:example/deploy",
  audience: "sts.amazonaws.com",
  claims: {},
  sessionKeys: { "issuer.example.com:sub": "repo:example/deploy" },
};

/** moto, with a role whose sessions may last two hours. */
function setUp(): {
  moto: FakeMoto;
  sessions: SessionRegistry;
  assume: (parameters?: Record<string, string>) => Promise<(...path: string[]) => string | undefined>;
} {
  const credentials =
    "<Credentials><AccessKeyId>ASIAWEB</AccessKeyId><Expiration>2026-01-01T01:00:00Z</Expiration></Credentials>";
  const user = "<AssumedRoleUser><AssumedRoleId>ARO123:run-1</AssumedRoleId></AssumedRoleUser>";
  const result = `${credentials}${user}<PackedPolicySize>6</PackedPolicySize>`;
  const role = `<Arn>${ROLE}</Arn><RoleId>AROADEPLOY</RoleId><MaxSessionDuration>7200</MaxSessionDuration>`;
  const moto = new FakeMoto({
    forward: () =>
      xmlAnswer(
        `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult>${result}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      ),
    query: () =>
      xmlAnswer(`<GetRoleResponse><GetRoleResult><Role>${role}</Role></GetRoleResult></GetRoleResponse>`),
  });
  const sessions = new SessionRegistry();
  return {
    moto,
    sessions,
    async assume(parameters = {}) {
      const all = {
        RoleArn: ROLE,
        RoleSessionName: "run-1",
        WebIdentityToken: "example-token",
        ...parameters,
      };
      const call = formCall("AssumeRoleWithWebIdentity", all, { service: "sts", account: "222222222222" });
      const options = { moto, sessions, webIdentityOf: () => Promise.resolve(identity) };
      const reply = await assumeRoleWithWebIdentity(call, options);
      const root = parseXml(reply.body.toString());
      return (...path) => textAt(root, "AssumeRoleWithWebIdentityResult", ...path);
    },
  };
}

describe("AssumeRoleWithWebIdentity", () => {
  it("returns AWS's reply", async () => {
    const said = await setUp().assume();
    expect(said("SubjectFromWebIdentityToken")).toBe(identity.subject);
    expect(said("Audience")).toBe(identity.audience);
    expect(said("Provider")).toBe(identity.provider);
    expect(said("AssumedRoleUser", "AssumedRoleId")).toBe("AROADEPLOY:run-1");
    expect(said("PackedPolicySize")).toBeUndefined();
  });

  it("records the session with its condition keys", async () => {
    const { sessions, assume } = setUp();
    await assume({ Policy: "{}" });
    expect(sessions.get("ASIAWEB")).toMatchObject({
      account: "222222222222",
      roleArn: ROLE,
      sessionName: "run-1",
      policy: "{}",
      callerAccessKeyId: undefined,
      sessionKeys: identity.sessionKeys,
    });
  });

  it("does not forward the token to moto", async () => {
    const { moto, assume } = setUp();
    await assume();
    expect(moto.forwarded.map(({ body }) => body)).toEqual([expect.not.stringContaining("example-token")]);
  });

  it("limits a session to the role's MaxSessionDuration", async () => {
    const { assume } = setUp();
    await assume({ DurationSeconds: "7200" });
    await expect(assume({ DurationSeconds: "7201" })).rejects.toThrow(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  });
});
