import { parsePolicy } from "./document";
import { evaluateRequest, type AuthorizationInput } from "./evaluate";
import type { PolicyKind } from "./kinds";
import type { Principal, User } from "./principal";
import {
  ACCESS_SESSION_ARN,
  accessSession,
  ACCOUNT,
  alice,
  faultOf,
  OTHER_ACCOUNT,
  policyOf,
  PRESIGN,
  profileArn,
} from "./testing/fixtures";

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const presignAll = { Effect: "Allow", Action: PRESIGN, Resource: "*" };
const unrelated = { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" };

function ask(changes: Partial<AuthorizationInput>): ReturnType<typeof evaluateRequest> {
  const request = { principal: accessSession, action: PRESIGN, resource: profileArn("alice") };
  return evaluateRequest({ request, identityPolicies: [], ...changes });
}

function askAs(
  principal: Principal,
  changes: Partial<AuthorizationInput>,
): ReturnType<typeof evaluateRequest> {
  return ask({ request: { principal, action: PRESIGN, resource: profileArn("alice") }, ...changes });
}

function grantTo(principal: unknown): ReturnType<typeof policyOf> {
  return policyOf("resource", { ...presignAll, Principal: principal });
}

describe("a decision", () => {
  it("names the statement that allowed, and every kind of policy that was evaluated", () => {
    const identity = parsePolicy(
      { Version: "2012-10-17", Statement: [unrelated, { ...presignAll, Sid: "Presign" }] },
      { name: "access", kind: "identity" },
    );
    const granting = { policy: "access", kind: "identity", index: 1, sid: "Presign" };
    expect(
      ask({ identityPolicies: [identity], permissionBoundary: policyOf("boundary", everything) }),
    ).toEqual({
      allowed: true,
      reason: "allowed",
      decidedBy: granting,
      trail: [
        { kind: "identity", outcome: "allow", statement: granting },
        {
          kind: "boundary",
          outcome: "allow",
          statement: { policy: "the boundary policy", kind: "boundary", index: 0 },
        },
      ],
    });
  });

  it("names the statement that denied", () => {
    const deny = policyOf("endpoint", {
      Sid: "closed",
      Effect: "Deny",
      Principal: "*",
      Action: "*",
      Resource: "*",
    });
    expect(ask({ identityPolicies: [policyOf("identity", everything)], endpointPolicy: deny })).toMatchObject(
      {
        allowed: false,
        reason: "explicit_deny",
        decidedBy: { policy: "the endpoint policy", index: 0, sid: "closed" },
      },
    );
  });

  it("names the kind of policy that did not allow", () => {
    const decision = ask({ identityPolicies: [policyOf("identity", unrelated)] });
    expect(decision).toEqual({
      allowed: false,
      reason: "implicit_deny",
      missing: "identity",
      trail: [{ kind: "identity", outcome: "silent" }],
    });
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
describe("AWS's example in one account: carlossalazar and his bucket", () => {
  const carlos: User = { type: "user", arn: "arn:aws:iam::123456789012:user/carlossalazar" };
  const identity = policyOf("identity", [
    {
      Sid: "AllowS3ListRead",
      Effect: "Allow",
      Action: [
        "s3:GetBucketLocation",
        "s3:GetAccountPublicAccessBlock",
        "s3:ListAccessPoints",
        "s3:ListAllMyBuckets",
      ],
      Resource: "arn:aws:s3:::*",
    },
    {
      Sid: "AllowS3Self",
      Effect: "Allow",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"],
    },
    { Sid: "DenyS3Logs", Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::*log*" },
  ]);
  const bucketPolicy = policyOf("resource", {
    Effect: "Allow",
    Principal: { AWS: carlos.arn },
    Action: "s3:*",
    Resource: ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"],
  });

  function put(resource: string, changes: Partial<AuthorizationInput>): ReturnType<typeof evaluateRequest> {
    const request = {
      principal: carlos,
      action: "s3:PutObject",
      resource,
      context: { "aws:ResourceAccount": "123456789012" },
    };
    return evaluateRequest({ request, identityPolicies: [], ...changes });
  }

  it("denies the bucket for logs by an explicit Deny", () => {
    const decision = put("arn:aws:s3:::carlossalazar-logs/x", {
      identityPolicies: [identity],
      resourcePolicy: bucketPolicy,
    });
    expect(decision).toMatchObject({ reason: "explicit_deny", decidedBy: { sid: "DenyS3Logs" } });
  });

  it("allows his own bucket by either policy or both", () => {
    const own = "arn:aws:s3:::carlossalazar/x";
    expect(put(own, { identityPolicies: [identity], resourcePolicy: bucketPolicy }).allowed).toBe(true);
    expect(put(own, { identityPolicies: [identity] }).allowed).toBe(true);
    expect(put(own, { resourcePolicy: bucketPolicy }).allowed).toBe(true);
    expect(put(own, {})).toMatchObject({ reason: "implicit_deny" });
  });

  it("refuses a bucket whose account is not known", () => {
    const request = { principal: carlos, action: "s3:PutObject", resource: "arn:aws:s3:::carlossalazar/x" };
    expect(faultOf(() => evaluateRequest({ request, identityPolicies: [identity] }))).toMatchObject({
      code: "unknown_resource_account",
    });
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
describe("AWS's example of explicit and implicit denies", () => {
  const policy = policyOf("identity", [
    { Sid: "AllowGetList", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
    { Sid: "DenyReports", Effect: "Deny", Action: "iam:*Report", Resource: "*" },
  ]);
  const generate = policyOf("identity", {
    Effect: "Allow",
    Action: "iam:GenerateCredentialReport",
    Resource: "*",
  });

  it.each([
    ["iam:ListUsers", "*", "allowed"],
    ["iam:CreatePolicy", `arn:aws:iam::${ACCOUNT}:policy/x`, "implicit_deny"],
    ["iam:GetCredentialReport", "*", "explicit_deny"],
    ["iam:GenerateCredentialReport", "*", "explicit_deny"],
  ])("%s is %s", (action, resource, reason) => {
    const request = { principal: alice, action, resource: action === "iam:ListUsers" ? "*" : resource };
    expect(evaluateRequest({ request, identityPolicies: [policy, generate] })).toMatchObject({ reason });
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
describe("AWS's example across accounts: carlossalazar and the Production bucket", () => {
  const carlos: User = { type: "user", arn: `arn:aws:iam::${ACCOUNT}:user/carlossalazar` };
  const identity = policyOf("identity", [
    { Sid: "AllowS3ListRead", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
    {
      Sid: "AllowS3ProductionObjectActions",
      Effect: "Allow",
      Action: "s3:*Object*",
      Resource: "arn:aws:s3:::Production/*",
    },
    {
      Sid: "DenyS3Logs",
      Effect: "Deny",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::*log*", "arn:aws:s3:::*log*/*"],
    },
  ]);
  const bucketPolicy = policyOf("resource", {
    Effect: "Allow",
    Action: ["s3:GetObject*", "s3:PutObject*", "s3:ReplicateObject", "s3:RestoreObject"],
    Principal: { AWS: carlos.arn },
    Resource: "arn:aws:s3:::Production/*",
  });
  const context = { "aws:ResourceAccount": OTHER_ACCOUNT };

  function put(resource: string, changes: Partial<AuthorizationInput>): ReturnType<typeof evaluateRequest> {
    return evaluateRequest({
      request: { principal: carlos, action: "s3:PutObject", resource, context },
      identityPolicies: [],
      ...changes,
    });
  }

  it("denies the bucket for logs by his own policy", () => {
    expect(put("arn:aws:s3:::Production-logs/x", { identityPolicies: [identity] })).toMatchObject({
      decidedBy: { sid: "DenyS3Logs" },
    });
  });

  it("allows the Production bucket because both accounts do", () => {
    const object = "arn:aws:s3:::Production/x";
    expect(put(object, { identityPolicies: [identity], resourcePolicy: bucketPolicy }).allowed).toBe(true);
    expect(put(object, { identityPolicies: [identity] })).toMatchObject({
      reason: "implicit_deny",
      missing: "resource",
    });
    expect(put(object, { resourcePolicy: bucketPolicy })).toMatchObject({
      reason: "implicit_deny",
      missing: "identity",
    });
  });
});

// Source: the table "Resource-based policies and implicit denies in other policy types (same account)" of
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
describe("within one account, implicit denies of the other policies", () => {
  const silent = {
    identityPolicies: [policyOf("identity", unrelated)],
    permissionBoundary: policyOf("boundary", unrelated),
    sessionPolicies: [policyOf("session", unrelated)],
  };
  const silentUser = { ...silent, sessionPolicies: [] };

  it.each<[string, Principal, unknown, Partial<AuthorizationInput>, boolean]>([
    ["limit a grant to the role's ARN", accessSession, { AWS: accessSession.roleArn }, silent, false],
    ["do not limit a grant to the session's ARN", accessSession, { AWS: ACCESS_SESSION_ARN }, silent, true],
    ["do not limit a grant to the user's ARN", alice, { AWS: alice.arn }, silentUser, true],
    ["do not limit a grant to everyone", accessSession, "*", silent, true],
    ["do not limit a grant to everyone with AWS credentials", accessSession, { AWS: "*" }, silent, true],
    ["do not limit the root user", { type: "root", accountId: ACCOUNT }, { AWS: ACCOUNT }, {}, true],
    [
      "do not limit a service",
      { type: "service", name: "lambda.amazonaws.com" },
      { Service: "lambda.amazonaws.com" },
      {},
      true,
    ],
    ["decide when only the account is named", accessSession, { AWS: ACCOUNT }, silent, false],
  ])("%s", (_name, principal, named, policies, allowed) => {
    expect(askAs(principal, { ...policies, resourcePolicy: grantTo(named) }).allowed).toBe(allowed);
  });

  const allowing = {
    identityPolicies: silent.identityPolicies,
    permissionBoundary: policyOf("boundary", everything),
    sessionPolicies: [policyOf("session", everything)],
  };

  it("of the identity policy do not limit a grant to the role's ARN, when boundary and session allow", () => {
    const resourcePolicy = grantTo({ AWS: accessSession.roleArn });
    expect(ask({ ...allowing, resourcePolicy })).toMatchObject({
      allowed: true,
      decidedBy: { kind: "resource" },
    });
    expect(ask({ ...allowing, permissionBoundary: silent.permissionBoundary, resourcePolicy })).toMatchObject(
      { missing: "boundary" },
    );
    expect(ask({ ...allowing, sessionPolicies: silent.sessionPolicies, resourcePolicy })).toMatchObject({
      missing: "session",
    });
  });

  it("of the identity policy decide when the resource policy names the account only", () => {
    const resourcePolicy = grantTo({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
    expect(ask({ ...allowing, resourcePolicy })).toMatchObject({ missing: "identity" });
    expect(
      ask({ ...allowing, identityPolicies: [policyOf("identity", presignAll)], resourcePolicy }).allowed,
    ).toBe(true);
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
describe("AWS's example of a permissions boundary: ShirleyRodriguez", () => {
  const permissionBoundary = policyOf("boundary", {
    Effect: "Allow",
    Action: ["s3:*", "cloudwatch:*", "ec2:*"],
    Resource: "*",
  });
  const createUser = policyOf("identity", {
    Effect: "Allow",
    Action: ["iam:CreateUser", "cloudwatch:ListMetrics"],
    Resource: "*",
  });
  const identityPolicies = [createUser];

  it("grants only what the boundary and her own policy both allow", () => {
    const createBob = {
      principal: alice,
      action: "iam:CreateUser",
      resource: `arn:aws:iam::${ACCOUNT}:user/bob`,
    };
    expect(evaluateRequest({ request: createBob, identityPolicies, permissionBoundary })).toMatchObject({
      missing: "boundary",
    });
    const metrics = { principal: alice, action: "cloudwatch:ListMetrics", resource: "*" };
    expect(evaluateRequest({ request: metrics, identityPolicies, permissionBoundary }).allowed).toBe(true);
    const buckets = { principal: alice, action: "s3:ListAllMyBuckets", resource: "*" };
    expect(evaluateRequest({ request: buckets, identityPolicies, permissionBoundary })).toMatchObject({
      missing: "identity",
    });
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
describe("a session policy", () => {
  const forOne = policyOf("session", { Effect: "Allow", Action: PRESIGN, Resource: profileArn("alice") });
  const identityPolicies = [policyOf("identity", presignAll)];

  function presignFor(
    user: string,
    sessionPolicies: AuthorizationInput["sessionPolicies"],
  ): ReturnType<typeof evaluateRequest> {
    return ask({
      request: { principal: accessSession, action: PRESIGN, resource: profileArn(user) },
      identityPolicies,
      sessionPolicies,
    });
  }

  it("limits the role to one profile", () => {
    expect(presignFor("alice", [forOne]).allowed).toBe(true);
    expect(presignFor("bob", [forOne])).toMatchObject({ reason: "implicit_deny", missing: "session" });
    expect(presignFor("bob", []).allowed).toBe(true);
  });

  it("grants nothing on its own", () => {
    expect(ask({ sessionPolicies: [forOne] })).toMatchObject({ missing: "identity" });
  });

  it("allows what one of several session policies allows", () => {
    const forBob = policyOf("session", { Effect: "Allow", Action: PRESIGN, Resource: profileArn("bob") });
    expect(presignFor("bob", [forOne, forBob]).allowed).toBe(true);
  });
});

describe("endpoint policies and policies of the organization", () => {
  const identityPolicies = [policyOf("identity", presignAll)];
  const endpoint = (statement: object): ReturnType<typeof policyOf> =>
    policyOf("endpoint", { Principal: "*", ...statement });

  it("deny what they do not allow", () => {
    expect(ask({ identityPolicies, endpointPolicy: endpoint(everything) }).allowed).toBe(true);
    expect(ask({ identityPolicies, endpointPolicy: endpoint(unrelated) })).toMatchObject({
      missing: "endpoint",
    });
    expect(ask({ identityPolicies: [], endpointPolicy: endpoint(everything) })).toMatchObject({
      missing: "identity",
    });
  });

  it("must allow also what the resource policy grants directly", () => {
    const resourcePolicy = grantTo("*");
    expect(ask({ resourcePolicy, endpointPolicy: endpoint(unrelated) })).toMatchObject({
      missing: "endpoint",
    });
    expect(ask({ resourcePolicy, scps: [[policyOf("scp", unrelated)]] })).toMatchObject({ missing: "scp" });
    expect(
      ask({ resourcePolicy, rcps: [[policyOf("rcp", { ...unrelated, Principal: "*" })]] }),
    ).toMatchObject({ missing: "rcp" });
  });

  // Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
  it("must allow at every level of the organization", () => {
    const full = policyOf("scp", everything);
    const narrow = policyOf("scp", unrelated);
    expect(ask({ identityPolicies, scps: [[full], [full, narrow]] }).allowed).toBe(true);
    expect(ask({ identityPolicies, scps: [[full], [narrow], [full]] })).toMatchObject({ missing: "scp" });
    expect(ask({ identityPolicies, scps: [[full], []] })).toMatchObject({ missing: "scp" });
  });

  // Sources: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
  // and https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
  it("of the organization do not bind service-linked roles", () => {
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/sagemaker.amazonaws.com/AWSServiceRoleForSageMaker`;
    const policies = {
      identityPolicies,
      scps: [[policyOf("scp", { ...everything, Effect: "Deny" })]],
      rcps: [[policyOf("rcp", { ...everything, Principal: "*", Effect: "Deny" })]],
    };
    expect(askAs({ ...accessSession, roleArn }, policies).allowed).toBe(true);
    const lookalike = roleArn.replace("role/aws", "role/x/aws");
    expect(askAs({ ...accessSession, roleArn: lookalike }, policies).reason).toBe("explicit_deny");
  });

  // Source: "Principals for gateway endpoints" in
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  it("of a gateway endpoint mean by an account its root user alone", () => {
    const through = (kind: PolicyKind, principal: Principal): boolean =>
      askAs(principal, {
        identityPolicies: principal.type === "root" ? [] : identityPolicies,
        endpointPolicy: policyOf(kind, { ...everything, Principal: { AWS: ACCOUNT } }),
      }).allowed;
    const root: Principal = { type: "root", accountId: ACCOUNT };
    expect(through("endpoint", accessSession)).toBe(true);
    expect(through("gateway_endpoint", accessSession)).toBe(false);
    expect(through("gateway_endpoint", root)).toBe(true);
  });

  it("limit the root user too, who needs no other policy", () => {
    const root: Principal = { type: "root", accountId: ACCOUNT };
    expect(askAs(root, {}).allowed).toBe(true);
    expect(askAs(root, {})).not.toHaveProperty("decidedBy");
    expect(askAs(root, { scps: [[policyOf("scp", { ...everything, Effect: "Deny" })]] })).toMatchObject({
      reason: "explicit_deny",
    });
  });
});

// Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
describe("a KMS key", () => {
  const resource = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234`;
  const identityPolicies = [policyOf("identity", { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" })];
  const request = { principal: accessSession, action: "kms:Decrypt", resource };

  it("cannot be used by its own account until its key policy allows it", () => {
    expect(evaluateRequest({ request, identityPolicies })).toMatchObject({ missing: "resource" });
    const resourcePolicy = policyOf("resource", {
      Effect: "Allow",
      Principal: { AWS: ACCOUNT },
      Action: "kms:*",
      Resource: "*",
    });
    expect(evaluateRequest({ request, identityPolicies, resourcePolicy }).allowed).toBe(true);
    expect(evaluateRequest({ request, identityPolicies: [], resourcePolicy })).toMatchObject({
      missing: "identity",
    });
  });
});

// Sources: "AWS STS federated user principal" in
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
describe("a federated user", () => {
  const bob: Principal = { type: "federated_user", userArn: alice.arn, sessionName: "bob" };
  const identityPolicies = [policyOf("identity", presignAll)];
  const sessionPolicies = [policyOf("session", presignAll)];

  it.each<[string, Partial<AuthorizationInput>, object]>([
    [
      "what its user and its session policy allow",
      { identityPolicies, sessionPolicies },
      { reason: "allowed" },
    ],
    ["nothing without a session policy", { identityPolicies }, { missing: "session" }],
    ["nothing that its user may not do", { sessionPolicies }, { missing: "identity" }],
    [
      "what a resource policy grants to it by name",
      { resourcePolicy: grantTo({ AWS: `arn:aws:sts::${ACCOUNT}:federated-user/bob` }) },
      { reason: "allowed" },
    ],
    [
      "not what is granted to its user",
      { resourcePolicy: grantTo({ AWS: alice.arn }) },
      { missing: "session" },
    ],
    [
      "what is granted to its user and within its session policy",
      { resourcePolicy: grantTo({ AWS: alice.arn }), sessionPolicies },
      { reason: "allowed" },
    ],
  ])("may do %s", (_, policies, expected) => {
    expect(askAs(bob, policies)).toMatchObject(expected);
  });
});

describe("a caller without an account", () => {
  it("may do what the resource policy allows, and nothing else", () => {
    const anonymous: Principal = { type: "anonymous" };
    expect(askAs(anonymous, { resourcePolicy: grantTo("*") }).allowed).toBe(true);
    expect(askAs(anonymous, { resourcePolicy: grantTo({ AWS: ACCOUNT }) })).toMatchObject({
      missing: "resource",
    });
    expect(askAs(anonymous, {})).toMatchObject({ missing: "resource" });
  });
});

describe("a condition on the network", () => {
  const onlyVia = policyOf("identity", [
    { ...presignAll, Sid: "Presign" },
    {
      Sid: "OnlyViaEndpoint",
      Effect: "Deny",
      Action: PRESIGN,
      Resource: "*",
      Condition: { StringNotEquals: { "aws:SourceVpce": ["vpce-api", "vpce-studio"] } },
    },
  ]);

  it.each([
    [{ "aws:SourceVpce": "vpce-api" }, "allowed"],
    [{ "aws:SourceVpce": "vpce-studio" }, "allowed"],
    [{ "aws:SourceVpce": "vpce-other" }, "explicit_deny"],
    [{}, "explicit_deny"],
  ])("with the request %j is %s", (context, reason) => {
    const request = { principal: accessSession, action: PRESIGN, resource: profileArn("alice"), context };
    expect(evaluateRequest({ request, identityPolicies: [onlyVia] })).toMatchObject({ reason });
  });
});

describe("a variable in a resource", () => {
  const own = policyOf("identity", {
    Effect: "Allow",
    Action: PRESIGN,
    Resource: profileArn("${aws:PrincipalTag/user}"),
  });

  function presignFor(user: string, tag: string): boolean {
    const principal = { ...accessSession, tags: { user: tag } };
    return askAs(principal, {
      request: { principal, action: PRESIGN, resource: profileArn(user) },
      identityPolicies: [own],
    }).allowed;
  }

  it("limits users to their own profile, also when a name holds wildcards", () => {
    expect(presignFor("alice", "alice")).toBe(true);
    expect(presignFor("bob", "alice")).toBe(false);
    expect(presignFor("bob", "*")).toBe(false);
    expect(presignFor("bob", "bo?")).toBe(false);
    expect(presignFor("bob", "${aws:PrincipalTag/user}")).toBe(false);
  });

  it("without a value matches no resource: NotResource covers every other, also with a Deny", () => {
    const untagged = { ...accessSession, tags: {} };
    const denyOthers = {
      Effect: "Deny",
      Action: PRESIGN,
      NotResource: profileArn("${aws:PrincipalTag/user}"),
    };
    const presignAs = (principal: Principal, user: string, statement: object): string =>
      evaluateRequest({
        request: { principal, action: PRESIGN, resource: profileArn(user) },
        identityPolicies: [policyOf("identity", [presignAll, statement])],
      }).reason;
    expect(askAs(untagged, { identityPolicies: [own] })).toMatchObject({ reason: "implicit_deny" });
    expect(presignAs(untagged, "alice", denyOthers)).toBe("explicit_deny");
    expect(presignAs(accessSession, "alice", denyOthers)).toBe("allowed");
    expect(presignAs(accessSession, "bob", denyOthers)).toBe("explicit_deny");
  });

  it("without a value leaves the other resources of the list", () => {
    const list = policyOf("identity", {
      ...presignAll,
      Resource: [profileArn("${aws:PrincipalTag/user}"), profileArn("alice")],
    });
    expect(askAs({ ...accessSession, tags: {} }, { identityPolicies: [list] }).allowed).toBe(true);
  });
});

describe("a malformed request is refused because it", () => {
  it.each<[PolicyKind, (policy: ReturnType<typeof policyOf>) => Partial<AuthorizationInput>]>([
    ["session", (policy) => ({ identityPolicies: [policy] })],
    ["identity", (policy) => ({ permissionBoundary: policy })],
    ["identity", (policy) => ({ sessionPolicies: [policy] })],
    ["identity", (policy) => ({ scps: [[policy]] })],
  ])("gives a policy of the wrong kind: %s", (kind, place) => {
    expect(faultOf(() => ask(place(policyOf(kind, everything))))).toMatchObject({
      code: "wrong_policy_kind",
    });
  });

  it.each<[string, Principal, Partial<AuthorizationInput>]>([
    [
      "a service identity policies",
      { type: "service", name: "lambda.amazonaws.com" },
      { identityPolicies: [policyOf("identity", everything)] },
    ],
    [
      "a root user a boundary",
      { type: "root", accountId: ACCOUNT },
      { permissionBoundary: policyOf("boundary", everything) },
    ],
    ["a user a session policy", alice, { sessionPolicies: [policyOf("session", everything)] }],
    ["an anonymous caller an organization", { type: "anonymous" }, { scps: [[policyOf("scp", everything)]] }],
  ])("gives %s", (_, principal, policies) => {
    expect(faultOf(() => askAs(principal, policies))).toMatchObject({ code: "policy_not_applicable" });
  });
});

describe("a policy that cannot be evaluated", () => {
  it("is an error with its location, thrown for the request that it cannot decide", () => {
    const policy = parsePolicy(
      {
        Version: "2012-10-17",
        Statement: {
          Sid: "Finance",
          Effect: "Allow",
          Action: "*",
          Resource: "arn:aws:sagemaker:*:111111111111:finance/*",
        },
      },
      { name: "broad", kind: "identity" },
    );
    const request = {
      principal: accessSession,
      action: PRESIGN,
      resource: "arn:aws:sagemaker:r:999999999999:a:111111111111:finance/x",
    };
    expect(faultOf(() => evaluateRequest({ request, identityPolicies: [policy] }))).toMatchObject({
      code: "ambiguous_resource",
      place: { policy: "broad", statement: { index: 0, sid: "Finance" } },
    });
    expect(ask({ identityPolicies: [policy] })).toMatchObject({ reason: "implicit_deny" });
  });
});
