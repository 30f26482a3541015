import type { IamRole } from "../iam/role";
import { IamUser } from "../iam/user";
import { compile } from "../iam/stored-policy";
import type { AssumedSession } from "../server/data-plane";
import { fakeCall, formCall, xmlAnswer } from "../services/testing/fake-moto";
import { CallerResolver } from "./caller-resolver";
import { exampleRole, NOW, ROLE_ARN, SESSION_ARN } from "./testing/example-caller";
import { document } from "./testing/example-deployment";

const ALLOW = document({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" });
const session: AssumedSession = {
  accessKeyId: "ASIASESSION",
  account: "111111111111",
  roleArn: ROLE_ARN,
  sessionName: "fn",
  sourceIdentity: "alice",
  tags: new Map([["User", "alice"]]),
  transitiveTagKeys: ["User"],
  policy: ALLOW,
  policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
  callerAccessKeyId: undefined,
  callerAccount: "111111111111",
  expiresAt: new Date(NOW),
};

interface Iam {
  role: IamRole | undefined;
  user: IamUser | undefined;
}

interface SetUp {
  readonly iam: Iam;
  readonly resolver: CallerResolver;
  /** Issues the session, with IAM as it is at this moment. */
  readonly assume: () => Promise<void>;
}

function setUp(organization?: { readonly id: string }): SetUp {
  const iam: Iam = { role: exampleRole(), user: undefined };
  const resolver = new CallerResolver({
    iam: {
      role: (arn) => Promise.resolve(iam.role?.arn === arn ? iam.role : undefined),
      user: () => Promise.resolve(iam.user),
      sessionPolicy: (arn) => Promise.resolve(compile(ALLOW, "session", arn)),
    },
    sessions: { get: (key) => (key === session.accessKeyId ? session : undefined) },
    functionSessions: {
      sessionOf: (accessKeyId) =>
        accessKeyId === "ASIAFUNCTION"
          ? { accessKeyId, roleArn: ROLE_ARN, sessionName: "fn", functionArn: "arn:fn", issuedAt: NOW }
          : undefined,
    },
    organization,
    clock: () => NOW,
  });
  const credentials = `<Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId></Credentials>`;
  const answer = xmlAnswer(
    `<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`,
  );
  return {
    iam,
    resolver,
    assume: () => resolver.observe(formCall("AssumeRole", {}, { service: "sts" }), answer),
  };
}

describe("a session of a role that IAM has", () => {
  it("is checked with the attributes that AssumeRole gave it", async () => {
    const { iam, resolver, assume } = setUp({ id: "o-1" });
    iam.role = exampleRole({
      policies: [{ name: "inline", text: ALLOW }],
      boundary: { name: "arn:boundary", text: ALLOW },
      tags: new Map([
        ["user", "of the role"],
        ["team", "x"],
      ]),
    });
    await assume();
    const found = await resolver.resolve(session.accessKeyId);
    expect(found).toMatchObject({
      kind: "checked",
      caller: {
        arn: SESSION_ARN,
        principal: {
          type: "role_session",
          roleArn: ROLE_ARN,
          roleId: "AROAEXAMPLE",
          sessionName: "fn",
          sourceIdentity: "alice",
          // A session tag overrides the role's tag, whatever the case of its key.
          tags: { team: "x", User: "alice" },
          transitiveTagKeys: ["User"],
          organization: { id: "o-1" },
        },
        identityPolicies: [{ kind: "identity", name: "inline" }],
        permissionBoundary: { kind: "boundary", name: "arn:boundary" },
        sessionPolicies: [
          { kind: "session", name: `of ${SESSION_ARN}` },
          { kind: "session", name: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        ],
        context: { "aws:TokenIssueTime": "2026-04-09T12:00:00.000Z" },
      },
    });
    expect(found.kind === "checked" && found.caller.principal.tags).not.toHaveProperty("user");
  });

  it("is invalid once the role was deleted or recreated", async () => {
    const { iam, resolver, assume } = setUp();
    await assume();
    iam.role = undefined;
    expect(await resolver.resolve(session.accessKeyId)).toMatchObject({ kind: "invalid" });
    iam.role = exampleRole({ id: "AROAANOTHER" });
    expect(await resolver.resolve(session.accessKeyId)).toMatchObject({ kind: "invalid" });
  });

  it("is checked when a function holds it, and names the function", async () => {
    expect(await setUp().resolver.resolve("ASIAFUNCTION")).toMatchObject({
      kind: "checked",
      caller: { arn: SESSION_ARN, context: { "lambda:SourceFunctionArn": "arn:fn" } },
    });
  });

  it("is invalid when the function's role was deleted", async () => {
    const { iam, resolver } = setUp();
    iam.role = undefined;
    expect(await resolver.resolve("ASIAFUNCTION")).toMatchObject({ kind: "invalid" });
  });
});

describe("an operator", () => {
  it("is the holder of a session of a role that IAM did not have, even if the role is created later", async () => {
    const { iam, resolver, assume } = setUp();
    iam.role = undefined;
    await assume();
    iam.role = exampleRole();
    expect(await resolver.resolve(session.accessKeyId)).toEqual({
      kind: "operator",
      why: `IAM had no ${ROLE_ARN} when the session was issued`,
    });
  });

  it.each([undefined, "test", "111111111111"])("is the caller with the access key %p", async (key) => {
    expect(await setUp().resolver.resolve(key)).toMatchObject({ kind: "operator" });
  });
});

describe("a user's access key", () => {
  const USER_ARN = "arn:aws:iam::111111111111:user/door/carol";
  const key = "AKIAUSER";

  async function withUser(activeKeys: readonly string[] | undefined): Promise<CallerResolver> {
    const { iam, resolver } = setUp();
    const field = `<UserName>carol</UserName><AccessKeyId>${key}</AccessKeyId>`;
    const answer = `<CreateAccessKeyResult><AccessKey>${field}</AccessKey></CreateAccessKeyResult>`;
    await resolver.observe(
      fakeCall({ service: "iam", operation: "CreateAccessKey" }),
      xmlAnswer(`<CreateAccessKeyResponse>${answer}</CreateAccessKeyResponse>`),
    );
    iam.user =
      activeKeys &&
      new IamUser(
        { arn: USER_ARN, id: "AIDAEXAMPLE", tags: new Map(), policies: [], boundary: undefined },
        activeKeys,
      );
    return resolver;
  }

  it("is checked as the user", async () => {
    expect(await (await withUser([key])).resolve(key)).toMatchObject({
      kind: "checked",
      caller: { arn: USER_ARN, principal: { type: "user", arn: USER_ARN, userId: "AIDAEXAMPLE" } },
    });
  });

  it.each([
    ["is inactive", []],
    ["belongs to a deleted user", undefined],
  ])("is invalid when it %s", async (_, keys) => {
    expect(await (await withUser(keys)).resolve(key)).toMatchObject({ kind: "invalid" });
  });
});
