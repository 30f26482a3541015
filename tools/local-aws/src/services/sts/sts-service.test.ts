import { parseXml, textAt } from "../../server/xml";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { SessionRegistry } from "./session-registry";
import { StsService } from "./sts-service";

const ROLE = "arn:aws:iam::222222222222:role/access/lob-a";
const EXPIRATION = "2026-01-01T01:00:00Z";

function setUp(): {
  sessions: SessionRegistry;
  assume: (parameters?: Record<string, string>, key?: string) => Promise<string>;
} {
  let count = 0;
  const moto = new FakeMoto({
    forward: () => {
      const credentials = `<AccessKeyId>ASIAEXAMPLE${++count}</AccessKeyId><Expiration>${EXPIRATION}</Expiration>`;
      const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult>`;
      return xmlAnswer(`<AssumeRoleResponse>${result}</AssumeRoleResponse>`);
    },
    query: (_service, _account, _region, { RoleName }) => {
      if (RoleName !== "lob-a") return xmlAnswer("<ErrorResponse/>", 404);
      const role = `<Arn>${ROLE}</Arn><MaxSessionDuration>7200</MaxSessionDuration>`;
      return xmlAnswer(
        `<GetRoleResponse><GetRoleResult><Role>${role}</Role></GetRoleResult></GetRoleResponse>`,
      );
    },
  });
  const sessions = new SessionRegistry();
  const service = new StsService({
    moto,
    sessions,
    webIdentityOf: () => Promise.reject(new Error("no token")),
  });
  return {
    sessions,
    async assume(parameters = {}, accessKeyId = "AKEXAMPLE") {
      const all = { RoleArn: ROLE, RoleSessionName: "user-a", ...parameters };
      const reply = await service.handle(formCall("AssumeRole", all, { service: "sts", accessKeyId }));
      return reply.body.toString();
    },
  };
}

const TAGGED = {
  SourceIdentity: "user-a",
  "Tags.member.1.Key": "user",
  "Tags.member.1.Value": "user-a",
  "Tags.member.2.Key": "team",
  "Tags.member.2.Value": "x",
  "TransitiveTagKeys.member.1": "user",
  Policy: '{"Statement":[]}',
};

describe("AssumeRole", () => {
  it("records the parameters of the session", async () => {
    const { sessions, assume } = setUp();
    await assume({ ...TAGGED, "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess" });
    expect(sessions.get("ASIAEXAMPLE1")).toEqual({
      accessKeyId: "ASIAEXAMPLE1",
      account: "222222222222",
      roleArn: ROLE,
      sessionName: "user-a",
      sourceIdentity: "user-a",
      tags: new Map([
        ["user", "user-a"],
        ["team", "x"],
      ]),
      transitiveTagKeys: ["user"],
      policy: TAGGED.Policy,
      policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      callerAccessKeyId: "AKEXAMPLE",
      callerAccount: "111111111111",
      expiresAt: new Date(EXPIRATION),
    });
  });

  it("returns the source identity when there is one", async () => {
    const { assume } = setUp();
    const identity = (body: string): string | undefined =>
      textAt(parseXml(body), "AssumeRoleResult", "SourceIdentity");
    expect(identity(await assume({ SourceIdentity: "user-a" }))).toBe("user-a");
    expect(identity(await assume())).toBeUndefined();
  });

  it("passes transitive tags and the source identity on to sessions of the session", async () => {
    const { sessions, assume } = setUp();
    await assume(TAGGED);
    await assume({}, "ASIAEXAMPLE1");
    expect(sessions.get("ASIAEXAMPLE2")).toMatchObject({
      tags: new Map([["user", "user-a"]]),
      transitiveTagKeys: ["user"],
      sourceIdentity: "user-a",
    });
  });

  it.each([
    ["twice", "user"],
    ["in another case", "USER"],
  ])("refuses a tag that is given %s", async (_how, key) => {
    const twice = { ...TAGGED, "Tags.member.2.Key": key };
    await expect(setUp().assume(twice)).rejects.toMatchObject({
      code: "InvalidParameterValue",
      message: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    });
  });

  it("refuses a transitive key that is no tag, of the request or of the calling session", async () => {
    const { assume } = setUp();
    await expect(assume({ ...TAGGED, "TransitiveTagKeys.member.2": "other" })).rejects.toMatchObject({
      code: "InvalidParameterValue",
      message: "The specified transitive tag key must be included in the requested tags.",
    });
    await assume({ ...TAGGED, "TransitiveTagKeys.member.1": "User" });
    const passedOn = { "TransitiveTagKeys.member.1": "user" };
    await expect(assume(passedOn)).rejects.toMatchObject({ code: "InvalidParameterValue" });
    await expect(assume(passedOn, "ASIAEXAMPLE1")).resolves.toContain("ASIAEXAMPLE2");
  });

  it("does not let a session change its source identity", async () => {
    const { assume } = setUp();
    await assume(TAGGED);
    await expect(assume({ SourceIdentity: "user-b" }, "ASIAEXAMPLE1")).rejects.toMatchObject({
      code: "AccessDenied",
    });
  });

  it.each([
    ["an invalid session name", { RoleSessionName: "a b" }, "ValidationError"],
    ["a session name of one character", { RoleSessionName: "a" }, "ValidationError"],
    ["an ARN that is not a role's", { RoleArn: "arn:aws:iam::222222222222:user/x" }, "ValidationError"],
    ["a source identity with a slash", { SourceIdentity: "a/b" }, "ValidationError"],
    ["a session that is too short", { DurationSeconds: "899" }, "ValidationError"],
    ["a session that is too long", { DurationSeconds: "43201" }, "ValidationError"],
    ["a duration that is not a number", { DurationSeconds: "soon" }, "ValidationError"],
    ["a session policy that is too long", { Policy: JSON.stringify("x".repeat(2048)) }, "ValidationError"],
    ["a session policy that is not JSON", { Policy: "{" }, "MalformedPolicyDocument"],
  ])("refuses %s", async (_name, parameters, code) => {
    await expect(setUp().assume(parameters)).rejects.toMatchObject({ code });
  });

  it("limits a session of role chaining to an hour", async () => {
    const { assume } = setUp();
    await assume({ DurationSeconds: "7200" });
    await expect(assume({ DurationSeconds: "7200" }, "ASIAEXAMPLE1")).rejects.toThrow("1 hour session limit");
  });

  it("limits a session to the role's MaxSessionDuration, unless the role does not exist", async () => {
    const { assume } = setUp();
    await assume({ DurationSeconds: "7200" });
    await expect(assume({ DurationSeconds: "7201" })).rejects.toMatchObject({
      code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
    expect(await assume({ DurationSeconds: "7201", RoleArn: `${ROLE}-gone` })).toContain("ASIAEXAMPLE");
  });
});
