import { evaluateRequest, parsePolicy, type RequestContext } from "@studio-access/policy";

import { withBlocked } from "./testing/configs";
import { allResources, localConfig, synthApp, text } from "./testing/synth-app";

/** Permissions that no deploy and no journey in the local AWS needs, and that AWS asks for. */

const SHARED = "111111111111";
const LOB_A = "222222222222";
const KEY = `arn:aws:kms:eu-west-1:${LOB_A}:key/own`;
const DOMAIN = "d-own";
const OTHER_KEY = `arn:aws:kms:eu-west-1:${LOB_A}:key/other`;

const resources = allResources(synthApp(withBlocked({ ...localConfig(), smokeTest: true }, ["eve"])));

/** The inline policy of a construct, with what Terraform fills in at apply. */
function policyOf(path: string): string {
  const [found, ...others] = resources.filter(
    (one) => one.type === "aws_iam_role_policy" && one.path === path,
  );
  expect(others).toEqual([]);
  return (
    text(found?.body["policy"])
      .replaceAll(/\$\{aws_kms_key\.\w+\.arn\}/g, KEY)
      .replaceAll(/(?<!\$)\$\{aws_sagemaker_domain[^}]*\}/g, DOMAIN)
      .replaceAll(/(?<!\$)\$\{[^}]*\}/g, "any")
      // What is left are variables of IAM's own.
      .replaceAll("$${", "${")
  );
}

function may(
  path: string,
  action: string,
  resource: string,
  context: RequestContext = {},
  session: { readonly sourceIdentity?: string; readonly tags?: Readonly<Record<string, string>> } = {},
): boolean {
  const account = path.startsWith("lob-a") ? LOB_A : SHARED;
  const open = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  return evaluateRequest({
    request: {
      principal: {
        type: "role_session",
        roleArn: `arn:aws:iam::${account}:role/any`,
        sessionName: "session",
        ...session,
      },
      action,
      resource,
      context,
    },
    identityPolicies: [parsePolicy(policyOf(path), { name: path, kind: "identity" })],
    ...(action.startsWith("kms:")
      ? {
          resourcePolicy: parsePolicy(
            { Version: "2012-10-17", Statement: [open] },
            { name: "key", kind: "resource" },
          ),
        }
      : {}),
  }).allowed;
}

describe("apps in Studio", () => {
  const path = "lob-a/ExecutionRole/Policy";

  it.each([
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
  ])("use their own key for kms:%s, and no other", (name) => {
    expect(may(path, `kms:${name}`, KEY)).toBe(true);
    expect(may(path, `kms:${name}`, OTHER_KEY)).toBe(false);
  });

  it("let AWS's services use the key for them, and grant it to nobody else", () => {
    expect(may(path, "kms:CreateGrant", KEY, { "kms:GrantIsForAWSResource": "true" })).toBe(true);
    expect(may(path, "kms:CreateGrant", KEY, { "kms:GrantIsForAWSResource": "false" })).toBe(false);
    expect(may(path, "kms:CreateGrant", KEY)).toBe(false);
  });
});

const studio = (kind: string, name: string): string =>
  `arn:aws:sagemaker:eu-west-1:${LOB_A}:${kind}/${DOMAIN}/${name}`;
const profile = (user: string): string => studio("user-profile", user);

/**
 * AWS documents two ways in which an app's calls say whose they are: by the source identity (Studio Classic), and by keys of
 * SageMaker's own (new Studio). Which of them an account sees cannot be told here, so each alone is enough.
 */
describe.each([
  ["by source identity", {}, { sourceIdentity: "ann" }],
  ["by SageMaker's own keys", { "sagemaker:UserProfileName": "ann" }, {}],
])("apps of a user, known %s,", (_name, keys, session) => {
  const path = "lob-a/ExecutionRole/Policy";
  const can = (action: string, resource: string, context: RequestContext = {}): boolean =>
    may(path, `sagemaker:${action}`, resource, { ...keys, ...context }, session);
  const owned = (user: string, more: RequestContext = {}): RequestContext => ({
    "sagemaker:OwnerUserProfileArn": profile(user),
    "sagemaker:SpaceSharingType": "Private",
    ...more,
  });

  it.each([
    ["CreateSpace", studio("space", "s1")],
    ["UpdateSpace", studio("space", "s1")],
    ["DeleteSpace", studio("space", "s1")],
    ["CreateApp", studio("app", "s1/JupyterLab/default")],
    ["DeleteApp", studio("app", "s1/JupyterLab/default")],
  ])("may %s of their own, private, and no other's", (action, resource) => {
    expect(can(action, resource, owned("ann"))).toBe(true);
    expect(can(action, resource, owned("bob"))).toBe(false);
    expect(can(action, resource, owned("ann", { "sagemaker:SpaceSharingType": "Shared" }))).toBe(false);
    expect(can(action, resource)).toBe(false);
  });

  it.each([
    ["CreateSpace", studio("space", "s1")],
    ["UpdateSpace", studio("space", "s1")],
    ["CreateApp", studio("app", "s1/JupyterLab/default")],
  ])("may %s with the config's instance types alone", (action, resource) => {
    const withTypes = (...types: string[]): boolean =>
      can(action, resource, owned("ann", { "sagemaker:InstanceTypes": types }));
    expect(withTypes("ml.t3.medium")).toBe(true);
    expect(withTypes("system", "ml.t3.medium")).toBe(true);
    expect(withTypes("ml.p4d.24xlarge")).toBe(false);
    expect(withTypes("ml.t3.medium", "ml.p4d.24xlarge")).toBe(false);
  });

  it("open their own profile through the central endpoints alone", () => {
    const open = (user: string, context: RequestContext): boolean =>
      can("CreatePresignedDomainUrl", profile(user), context);
    expect(open("ann", { "aws:SourceVpce": "any" })).toBe(true);
    expect(open("ann", { "aws:SourceVpce": "vpce-foreign" })).toBe(false);
    expect(open("bob", { "aws:SourceVpce": "any" })).toBe(false);
    expect(open("ann", {})).toBe(false);
  });
});

describe("apps of nobody that is known", () => {
  it("may neither make a space nor open a profile", () => {
    const path = "lob-a/ExecutionRole/Policy";
    const context = {
      "sagemaker:OwnerUserProfileArn": profile("ann"),
      "sagemaker:SpaceSharingType": "Private",
    };
    expect(may(path, "sagemaker:CreateSpace", studio("space", "s1"), context)).toBe(false);
    expect(may(path, "sagemaker:CreatePresignedDomainUrl", profile("ann"), { "aws:SourceVpce": "any" })).toBe(
      false,
    );
  });
});

describe("the session of a user's presigned URL", () => {
  const path = "lob-a/AccessRole/Policy";
  const opens = (user: string, tags?: Readonly<Record<string, string>>): boolean =>
    may(
      path,
      "sagemaker:CreatePresignedDomainUrl",
      profile(user),
      { "aws:SourceVpce": "any" },
      tags && { tags },
    );

  it("opens the profile that it is tagged with, and no other", () => {
    expect(opens("ann", { user: "ann" })).toBe(true);
    expect(opens("bob", { user: "ann" })).toBe(false);
  });

  it("is not refused where Studio asks without the tag: the session policy names the one profile", () => {
    expect(opens("ann")).toBe(true);
  });
});

describe("a user who is blocked", () => {
  const apps = "lob-a/ExecutionRole/Policy";

  it.each([undefined, { tags: { user: "eve" } }])(
    "opens no URL, also not with a session that is open: %j",
    (session) => {
      const opens = (user: string): boolean =>
        may(
          "lob-a/AccessRole/Policy",
          "sagemaker:CreatePresignedDomainUrl",
          profile(user),
          { "aws:SourceVpce": "any" },
          session,
        );
      expect(opens("eve")).toBe(false);
      expect(opens("ann")).toBe(session === undefined);
    },
  );

  it.each([
    ["by source identity", (user: string) => ({ context: {}, session: { sourceIdentity: user } })],
    [
      "by SageMaker's own key",
      (user: string) => ({ context: { "sagemaker:UserProfileName": user }, session: {} }),
    ],
  ])("has apps that can do nothing, known %s", (_name, as) => {
    const can = (user: string, action: string, resource: string): boolean =>
      may(apps, action, resource, as(user).context, as(user).session);
    for (const [action, resource] of [
      ["kms:Decrypt", KEY],
      ["ecr:GetAuthorizationToken", "*"],
      ["sagemaker:ListDomains", "*"],
    ] as const)
      expect([action, can("ann", action, resource), can("eve", action, resource)]).toEqual([
        action,
        true,
        false,
      ]);
  });

  it("has a row that says so", () => {
    const rows = resources.filter(({ path }) => path.startsWith("lob-a/Directory/User-"));
    expect(rows.map(({ body }) => body["item"])).toEqual([
      JSON.stringify({ PK: { S: "eve" }, LOB: { S: "lob-a" }, BLOCKED: { S: "true" } }),
      JSON.stringify({ PK: { S: "user-lob-a" }, LOB: { S: "lob-a" } }),
    ]);
  });
});

describe("API Gateway's role for logs", () => {
  const path = "access/Api/Stage/LogWriterPolicy";
  const group = (name: string): string => `arn:aws:logs:eu-west-1:${SHARED}:log-group:${name}`;

  it("writes to the group with which API Gateway tries it out, and to that of every REST API of the account", () => {
    for (const name of ["/aws/apigateway/welcome", "API-Gateway-Execution-Logs_a1/studio", "/payroll/api"]) {
      expect(may(path, "logs:CreateLogGroup", group(name))).toBe(true);
      expect(may(path, "logs:PutLogEvents", `${group(name)}:log-stream:s`)).toBe(true);
    }
    expect(may(path, "logs:DeleteLogGroup", group("/payroll/api"))).toBe(false);
    const elsewhere = group("/payroll/api").replace(SHARED, LOB_A);
    expect(may(path, "logs:PutLogEvents", `${elsewhere}:log-stream:s`)).toBe(false);
  });

  it("is left alone where the config says so", () => {
    const types = (apiGatewayLogRole?: "manage" | "leave"): number =>
      allResources(synthApp({ ...localConfig(), ...(apiGatewayLogRole && { apiGatewayLogRole }) })).filter(
        ({ path: place }) => /\/LogWriter|\/Stage\/Account/.test(place),
      ).length;
    expect([types(), types("manage"), types("leave")]).toEqual([3, 3, 0]);
  });
});

describe("the alarm for users' failures", () => {
  it("goes by a field of our own, and leaves operators' tests out", () => {
    const filter = resources.find(({ address }) => address.includes("Lines-presign-failures"));
    expect(filter?.body["pattern"]).toBe('{ ($.outcome = "failed") && ($.operator NOT EXISTS) }');
  });
});
