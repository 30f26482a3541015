import type { IamRole } from "../iam/role";
import { IamUser } from "../iam/user";
import { compile } from "../iam/stored-policy";
import type { AssumedSession } from "../server/data-plane";
import { fakeCall, formCall, xmlAnswer } from "../services/testing/fake-moto";
import { Callers } from "./callers";
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
  readonly callers: Callers;
  /** Lets the session be made, as IAM is now. */
  readonly assume: () => Promise<void>;
}

function setUp(organization?: { readonly id: string }): SetUp {
  const iam: Iam = { role: exampleRole(), user: undefined };
  const callers = new Callers({
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
    callers,
    assume: () => callers.observe(formCall("AssumeRole", {}, { service: "sts" }), answer),
  };
}

describe("a session of a role that IAM has", () => {
  it("is checked, as what AssumeRole said of it", async () => {
    const { iam, callers, assume } = setUp({ id: "o-1" });
    iam.role = exampleRole({
      policies: [{ name: "inline", text: ALLOW }],
      boundary: { name: "arn:boundary", text: ALLOW },
      tags: new Map([
        ["user", "of the role"],
        ["team", "x"],
      ]),
    });
    await assume();
    const found = await callers.of(session.accessKeyId);
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
          // A session's tag hides the role's, whatever its case.
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

  it("holds no longer once the role is gone, or was made anew", async () => {
    const { iam, callers, assume } = setUp();
    await assume();
    iam.role = undefined;
    expect(await callers.of(session.accessKeyId)).toMatchObject({ kind: "invalid" });
    iam.role = exampleRole({ id: "AROAANOTHER" });
    expect(await callers.of(session.accessKeyId)).toMatchObject({ kind: "invalid" });
  });

  it("is checked when it is a function's, and says which function", async () => {
    expect(await setUp().callers.of("ASIAFUNCTION")).toMatchObject({
      kind: "checked",
      caller: { arn: SESSION_ARN, context: { "lambda:SourceFunctionArn": "arn:fn" } },
    });
  });

  it("holds no longer when the function's role is gone", async () => {
    const { iam, callers } = setUp();
    iam.role = undefined;
    expect(await callers.of("ASIAFUNCTION")).toMatchObject({ kind: "invalid" });
  });
});

describe("an operator", () => {
  it("is who has a session of a role that IAM did not have, also once it does", async () => {
    const { iam, callers, assume } = setUp();
    iam.role = undefined;
    await assume();
    iam.role = exampleRole();
    expect(await callers.of(session.accessKeyId)).toEqual({
      kind: "operator",
      why: `IAM had no ${ROLE_ARN} when the session was made`,
    });
  });

  it.each([undefined, "test", "111111111111"])("is who calls with the key %p", async (key) => {
    expect(await setUp().callers.of(key)).toMatchObject({ kind: "operator" });
  });
});

describe("a user's access key", () => {
  const USER_ARN = "arn:aws:iam::111111111111:user/door/carol";
  const key = "AKIAUSER";

  async function withUser(activeKeys: readonly string[] | undefined): Promise<Callers> {
    const { iam, callers } = setUp();
    const field = `<UserName>carol</UserName><AccessKeyId>${key}</AccessKeyId>`;
    const answer = `<CreateAccessKeyResult><AccessKey>${field}</AccessKey></CreateAccessKeyResult>`;
    await callers.observe(
      fakeCall({ service: "iam", operation: "CreateAccessKey" }),
      xmlAnswer(`<CreateAccessKeyResponse>${answer}</CreateAccessKeyResponse>`),
    );
    iam.user =
      activeKeys &&
      new IamUser(
        { arn: USER_ARN, id: "AIDAEXAMPLE", tags: new Map(), policies: [], boundary: undefined },
        activeKeys,
      );
    return callers;
  }

  it("is checked as the user", async () => {
    expect(await (await withUser([key])).of(key)).toMatchObject({
      kind: "checked",
      caller: { arn: USER_ARN, principal: { type: "user", arn: USER_ARN, userId: "AIDAEXAMPLE" } },
    });
  });

  it.each([
    ["is switched off", []],
    ["belongs to a user who is gone", undefined],
  ])("does not hold when it %s", async (_, keys) => {
    expect(await (await withUser(keys)).of(key)).toMatchObject({ kind: "invalid" });
  });
});
