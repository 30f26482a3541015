import { evaluateRequest, parsePolicy, type RequestContext } from "@studio-access/policy";

import { allResources, localConfig, synthApp, text } from "./testing/synth-app";

/** Permissions that no deploy and no journey in the local AWS needs, and that AWS asks for. */

const SHARED = "111111111111";
const LOB_A = "222222222222";
const KEY = `arn:aws:kms:eu-west-1:${LOB_A}:key/own`;
const OTHER_KEY = `arn:aws:kms:eu-west-1:${LOB_A}:key/other`;

const resources = allResources(synthApp({ ...localConfig(), smokeTest: true }));

/** The inline policy of a construct, with what Terraform fills in at apply. */
function policyOf(path: string): string {
  const [found, ...others] = resources.filter(
    (one) => one.type === "aws_iam_role_policy" && one.path === path,
  );
  expect(others).toEqual([]);
  return text(found?.body["policy"])
    .replaceAll(/\$\{aws_kms_key\.\w+\.arn\}/g, KEY)
    .replaceAll(/\$\{[^}]*\}/g, "any");
}

function may(path: string, action: string, resource: string, context: RequestContext = {}): boolean {
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

describe("API Gateway's role for logs", () => {
  const path = "access/Api/Stage/LogWriterPolicy";
  const group = (name: string): string => `arn:aws:logs:eu-west-1:${SHARED}:log-group:${name}`;

  it("writes to the group with which API Gateway tries it out, to ours, and to no other", () => {
    const streams = [
      "/aws/apigateway/welcome",
      "API-Gateway-Execution-Logs_a1/studio",
      "/aws/lambda/payroll",
    ];
    const written = streams.map((name) => may(path, "logs:PutLogEvents", `${group(name)}:log-stream:s`));
    expect(written).toEqual([true, true, false]);
    expect(may(path, "logs:CreateLogGroup", group("/aws/apigateway/welcome"))).toBe(true);
    expect(may(path, "logs:CreateLogGroup", group("/aws/lambda/payroll"))).toBe(false);
  });
});

describe("the alarm for users' failures", () => {
  it("goes by a field of our own, and leaves operators' tests out", () => {
    const filter = resources.find(({ address }) => address.includes("Lines-presign-failures"));
    expect(filter?.body["pattern"]).toBe('{ ($.outcome = "failed") && ($.operator NOT EXISTS) }');
  });
});
