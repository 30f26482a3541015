import { evaluateAssumeRole, type AssumeRoleInput } from "./assume-role";
import type { Policy } from "./document";
import type { RoleSession, User } from "./principal";
import { ACCOUNT, faultOf, OTHER_ACCOUNT, policyOf } from "./testing/fixtures";

const HUB = OTHER_ACCOUNT;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/studio/access`;
const presigner: RoleSession = {
  type: "role_session",
  roleArn: `arn:aws:iam::${HUB}:role/presign`,
  sessionName: "presign-function",
  roleId: "AROAPRESIGN",
  organization: { id: "o-example" },
};
/** The caller's role, in the account of the role that is assumed. */
const local: RoleSession = { ...presigner, roleArn: `arn:aws:iam::${ACCOUNT}:role/presign` };

const ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

function trust(principal: unknown, changes: object = {}): Policy {
  return policyOf("trust", { Effect: "Allow", Principal: principal, Action: ACTIONS, ...changes });
}

function mayAssume(actions: unknown = ACTIONS): Policy {
  return policyOf("identity", { Effect: "Allow", Action: actions, Resource: ROLE });
}

function assume(changes: Partial<AssumeRoleInput>): ReturnType<typeof evaluateAssumeRole> {
  return evaluateAssumeRole({
    caller: presigner,
    roleArn: ROLE,
    roleSessionName: "alice",
    trustPolicy: trust({ AWS: HUB }),
    identityPolicies: [mayAssume()],
    ...changes,
  });
}

describe("assuming a role of another account", () => {
  it.each([
    ["the account's id", { AWS: HUB }],
    ["the account's root", { AWS: `arn:aws:iam::${HUB}:root` }],
    ["the role", { AWS: presigner.roleArn }],
    ["the session", { AWS: `arn:aws:sts::${HUB}:assumed-role/presign/presign-function` }],
    ["everyone", "*"],
  ])("needs a trust policy that names %s and an Allow of the caller's own policies", (_, principal) => {
    const trustPolicy = trust(principal);
    expect(assume({ trustPolicy }).allowed).toBe(true);
    expect(assume({ trustPolicy, identityPolicies: [] })).toMatchObject({
      reason: "implicit_deny",
      missing: "identity",
    });
  });

  it.each([{ AWS: ACCOUNT }, { AWS: `arn:aws:iam::${HUB}:role/other` }, { Service: "lambda.amazonaws.com" }])(
    "is refused by a trust policy that names %j",
    (principal) => {
      expect(assume({ trustPolicy: trust(principal) })).toMatchObject({
        allowed: false,
        reason: "implicit_deny",
        missing: "trust",
      });
    },
  );

  it("is limited by the caller's session policy, boundary and endpoint policy", () => {
    const silent = { Effect: "Allow", Action: "s3:*", Resource: "*" };
    expect(assume({ sessionPolicies: [policyOf("session", silent)] })).toMatchObject({ missing: "session" });
    expect(assume({ permissionBoundary: policyOf("boundary", silent) })).toMatchObject({
      missing: "boundary",
    });
    expect(assume({ endpointPolicy: policyOf("endpoint", { ...silent, Principal: "*" }) })).toMatchObject({
      missing: "endpoint",
    });
  });

  it("is refused by a Deny in the trust policy", () => {
    const trustPolicy = policyOf("trust", [
      { Effect: "Allow", Principal: { AWS: HUB }, Action: ACTIONS },
      { Sid: "NotThem", Effect: "Deny", Principal: { AWS: presigner.roleArn }, Action: "sts:*" },
    ]);
    expect(assume({ trustPolicy })).toMatchObject({
      reason: "explicit_deny",
      decidedBy: { kind: "trust", sid: "NotThem" },
    });
  });
});

describe("assuming a role of the same account", () => {
  it("needs no identity policy when the trust policy names the caller's role", () => {
    const trustPolicy = trust({ AWS: local.roleArn });
    expect(assume({ caller: local, trustPolicy, identityPolicies: [] }).allowed).toBe(true);
  });

  it("needs an identity policy when the trust policy names the account", () => {
    const trustPolicy = trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
    expect(assume({ caller: local, trustPolicy, identityPolicies: [] })).toMatchObject({
      missing: "identity",
    });
    expect(assume({ caller: local, trustPolicy }).allowed).toBe(true);
  });

  it("is refused without an Allow of the trust policy, whatever the caller's own policies say", () => {
    expect(assume({ caller: local, trustPolicy: trust({ AWS: HUB }) })).toMatchObject({ missing: "trust" });
  });
});

describe("a trust policy that still holds after the caller's role is deleted and created again", () => {
  const byCondition = trust(
    { AWS: HUB },
    {
      Condition: {
        ArnEquals: { "aws:PrincipalArn": presigner.roleArn },
        StringEquals: { "aws:PrincipalOrgID": "o-example" },
      },
    },
  );
  // IAM replaces the role's ARN by its unique id once the role is deleted.
  const byUniqueId = trust({ AWS: "AROAPRESIGN" });
  const recreated = { ...presigner, roleId: "AROANEW" };
  const outsider: RoleSession = {
    type: "role_session",
    roleArn: presigner.roleArn,
    sessionName: "presign-function",
  };

  it("names the account and compares the role's ARN", () => {
    expect(assume({ trustPolicy: byUniqueId }).allowed).toBe(true);
    expect(assume({ trustPolicy: byUniqueId, caller: recreated })).toMatchObject({ missing: "trust" });
    expect(assume({ trustPolicy: byCondition, caller: recreated }).allowed).toBe(true);
  });

  it("trusts no other role and no other organization", () => {
    expect(
      assume({
        trustPolicy: byCondition,
        caller: { ...presigner, roleArn: `arn:aws:iam::${HUB}:role/other` },
      }).allowed,
    ).toBe(false);
    expect(
      assume({ trustPolicy: byCondition, caller: { ...presigner, organization: { id: "o-other" } } }).allowed,
    ).toBe(false);
    expect(assume({ trustPolicy: byCondition, caller: outsider }).allowed).toBe(false);
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
describe("session tags", () => {
  const tags = { user: "alice" };

  it("need sts:TagSession on both sides", () => {
    expect(assume({ tags }).actions.map(({ action }) => action)).toEqual([
      "sts:AssumeRole",
      "sts:TagSession",
    ]);
    expect(assume({ tags, trustPolicy: trust({ AWS: HUB }, { Action: "sts:AssumeRole" }) })).toMatchObject({
      allowed: false,
      action: "sts:TagSession",
      missing: "trust",
    });
    expect(assume({ tags, identityPolicies: [mayAssume("sts:AssumeRole")] })).toMatchObject({
      action: "sts:TagSession",
      missing: "identity",
    });
    expect(assume({ trustPolicy: trust({ AWS: HUB }, { Action: "sts:AssumeRole" }) })).toMatchObject({
      allowed: true,
      action: "sts:AssumeRole",
    });
  });

  it("need sts:TagSession also when they are inherited in a role chain", () => {
    const caller = { ...presigner, tags, transitiveTagKeys: ["user"] };
    expect(assume({ caller, trustPolicy: trust({ AWS: HUB }, { Action: "sts:AssumeRole" }) })).toMatchObject({
      action: "sts:TagSession",
      missing: "trust",
    });
    expect(faultOf(() => assume({ caller, tags: { User: "bob" } }))).toMatchObject({
      code: "malformed_session",
    });
  });

  // The example "role trust policy for session tags" of the page above.
  const user: User = { type: "user", arn: "arn:aws:iam::123456789012:user/test-session-tags" };
  const example = policyOf("trust", [
    {
      Sid: "AllowIamUserAssumeRole",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: user.arn },
      Condition: {
        StringLike: {
          "aws:RequestTag/Project": "*",
          "aws:RequestTag/CostCenter": "*",
          "aws:RequestTag/Department": "*",
        },
        StringEquals: { "sts:ExternalId": "Example987" },
      },
    },
    {
      Sid: "AllowPassSessionTagsAndTransitive",
      Effect: "Allow",
      Action: "sts:TagSession",
      Principal: { AWS: user.arn },
      Condition: {
        StringLike: { "aws:RequestTag/Project": "*", "aws:RequestTag/CostCenter": "*" },
        StringEquals: { "aws:RequestTag/Department": ["Engineering", "Marketing"] },
        "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["Project", "Department"] },
      },
    },
  ]);
  const call: AssumeRoleInput = {
    caller: user,
    roleArn: "arn:aws:iam::123456789012:role/my-role-example",
    roleSessionName: "my-session",
    trustPolicy: example,
    identityPolicies: [],
    tags: { Project: "Automation", CostCenter: "12345", Department: "Engineering" },
    transitiveTagKeys: ["Project", "Department"],
    externalId: "Example987",
  };

  it.each<[string, Partial<AssumeRoleInput>, boolean]>([
    ["allowed as shown", {}, true],
    ["allowed without transitive tags", { transitiveTagKeys: [] }, true],
    ["refused without the external id", { externalId: undefined }, false],
    ["refused with another external id", { externalId: "Example988" }, false],
    ["refused without tags", { tags: {} }, false],
    ["refused with another department", { tags: { ...call.tags, Department: "Sales" } }, false],
    ["refused with another transitive tag", { transitiveTagKeys: ["Project", "CostCenter"] }, false],
  ])("in AWS's example are %s", (_, changes, allowed) => {
    expect(evaluateAssumeRole({ ...call, ...changes }).allowed).toBe(allowed);
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
describe("a source identity", () => {
  const sourceIdentity = "alice";

  it("needs sts:SetSourceIdentity on both sides", () => {
    expect(assume({ sourceIdentity }).actions.map(({ action }) => action)).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
    ]);
    expect(
      assume({
        sourceIdentity,
        trustPolicy: trust({ AWS: HUB }, { Action: ["sts:AssumeRole", "sts:TagSession"] }),
      }),
    ).toMatchObject({ action: "sts:SetSourceIdentity", missing: "trust" });
    expect(
      assume({ sourceIdentity, identityPolicies: [mayAssume(["sts:AssumeRole", "sts:TagSession"])] }),
    ).toMatchObject({ action: "sts:SetSourceIdentity", missing: "identity" });
  });

  it("in AWS's example must be the user's own name", () => {
    const user: User = { type: "user", arn: `arn:aws:iam::${ACCOUNT}:user/DevUser` };
    const own = {
      Effect: "Allow",
      Action: "sts:SetSourceIdentity",
      Resource: ROLE,
      Condition: { StringLike: { "sts:SourceIdentity": "${aws:username}" } },
    };
    const identityPolicies = [
      policyOf("identity", [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: ROLE }, own]),
    ];
    const trustPolicy = trust({ AWS: ACCOUNT });
    expect(assume({ caller: user, identityPolicies, trustPolicy, sourceIdentity: "DevUser" }).allowed).toBe(
      true,
    );
    expect(assume({ caller: user, identityPolicies, trustPolicy, sourceIdentity: "Admin" })).toMatchObject({
      action: "sts:SetSourceIdentity",
    });
  });

  it("stays for the whole role chain", () => {
    const caller = { ...presigner, sourceIdentity: "Saanvi" };
    const condition = {
      StringLike: { "aws:SourceIdentity": ["Saanvi", "Diego"], "sts:SourceIdentity": ["Saanvi", "Diego"] },
    };
    expect(
      assume({ caller, trustPolicy: trust({ AWS: presigner.roleArn }, { Condition: condition }) }).allowed,
    ).toBe(true);
    expect(assume({ caller, trustPolicy: trust({ AWS: HUB }, { Action: "sts:AssumeRole" }) })).toMatchObject({
      action: "sts:SetSourceIdentity",
    });
    expect(faultOf(() => assume({ caller, sourceIdentity: "Diego" }))).toMatchObject({
      code: "malformed_session",
    });
  });
});

describe("the keys of an AssumeRole request", () => {
  it.each<[string, object, Partial<AssumeRoleInput>, boolean]>([
    ["the session name", { StringEquals: { "sts:RoleSessionName": "alice" } }, {}, true],
    ["another session name", { StringEquals: { "sts:RoleSessionName": "bob" } }, {}, false],
    ["the external id", { StringEquals: { "sts:ExternalId": "x" } }, { externalId: "x" }, true],
    ["no external id", { StringEquals: { "sts:ExternalId": "x" } }, {}, false],
    [
      "a tag equal to the session name",
      { StringEquals: { "aws:RequestTag/user": "${sts:RoleSessionName}" } },
      { tags: { user: "alice" } },
      true,
    ],
    [
      "a tag different from the session name",
      { StringEquals: { "aws:RequestTag/user": "${sts:RoleSessionName}" } },
      { tags: { user: "bob" } },
      false,
    ],
    [
      "the tag's key",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["user"] } },
      { tags: { user: "alice" } },
      true,
    ],
    [
      "another tag's key",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["user"] } },
      { tags: { user: "alice", admin: "1" } },
      false,
    ],
    ["the caller's organization", { StringEquals: { "aws:PrincipalOrgID": "o-example" } }, {}, true],
    ["the caller's account", { StringEquals: { "aws:PrincipalAccount": HUB } }, {}, true],
    ["the role's account", { StringEquals: { "aws:ResourceAccount": ACCOUNT } }, {}, true],
    [
      "the endpoint",
      { StringEquals: { "aws:SourceVpce": "vpce-1" } },
      { context: { "aws:SourceVpce": "vpce-1" } },
      true,
    ],
  ])("hold %s", (_, condition, changes, allowed) => {
    expect(assume({ trustPolicy: trust({ AWS: HUB }, { Condition: condition }), ...changes }).allowed).toBe(
      allowed,
    );
  });

  it("hold the role's organization, for a policy that limits its caller to its own organization", () => {
    const Condition = { StringEquals: { "aws:ResourceOrgID": "${aws:PrincipalOrgID}" } };
    const statement = {
      Effect: "Allow",
      Action: ACTIONS,
      Resource: "arn:aws:iam::*:role/studio/*",
      Condition,
    };
    const identityPolicies = [policyOf("identity", statement)];
    expect(assume({ identityPolicies, context: { "aws:ResourceOrgID": "o-example" } }).allowed).toBe(true);
    expect(assume({ identityPolicies, context: { "aws:ResourceOrgID": "o-other" } }).allowed).toBe(false);
    expect(assume({ identityPolicies }).allowed).toBe(false);
  });
});

describe("other callers", () => {
  it("may be services, which need the trust policy only", () => {
    const caller = { type: "service", name: "lambda.amazonaws.com" } as const;
    const trustPolicy = trust({ Service: "lambda.amazonaws.com" }, { Action: "sts:AssumeRole" });
    expect(assume({ caller, trustPolicy, identityPolicies: [] }).allowed).toBe(true);
    expect(assume({ caller, trustPolicy: trust({ AWS: ACCOUNT }), identityPolicies: [] })).toMatchObject({
      missing: "trust",
    });
  });

  it("may not be root users", () => {
    const caller = { type: "root", accountId: ACCOUNT } as const;
    expect(assume({ caller, trustPolicy: trust({ AWS: ACCOUNT }), identityPolicies: [] })).toMatchObject({
      allowed: false,
      reason: "implicit_deny",
    });
  });
});

describe("a malformed call", () => {
  it.each<[string, Partial<AssumeRoleInput>, string]>([
    ["session name", { roleSessionName: "alice@x y" }, "malformed_session"],
    ["source identity", { sourceIdentity: "a" }, "malformed_session"],
    ["role ARN", { roleArn: "access" }, "malformed_resource"],
    ["context", { context: { "sts:RoleSession": "x" } }, "unknown_condition_key"],
    [
      "trust policy",
      { trustPolicy: policyOf("resource", { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }) },
      "wrong_policy_kind",
    ],
  ])("is refused for its %s", (_, changes, code) => {
    expect(faultOf(() => assume(changes))).toMatchObject({ name: "RequestError", code });
  });
});
