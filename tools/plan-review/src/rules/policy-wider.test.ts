import { namesFor } from "@studio-access/config";

import { findingsOf, findingLines } from "../testing/findings";
import { CONFIG, contextWith, created, deleted, resourceOf, updated } from "../testing/plans";
import { policyWider } from "./policy-wider";

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const one = { Sid: "One", Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" };
const two = { Sid: "Two", Effect: "Allow", Action: "dynamodb:PutItem", Resource: "*" };
const trust = {
  Effect: "Allow",
  Principal: { AWS: "111111111111" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "sts:ExternalId": "x" } },
};
const role = { name: "presign", arn: "arn:aws:iam::111111111111:role/presign" };
const existing = resourceOf({ type: "aws_iam_role", kind: "no-op", before: role, after: role });

function rolePolicy(name: string, before: object | undefined, after: object | undefined): typeof existing {
  const given = (statement: object | undefined): object | undefined =>
    statement && { role: "presign", name, policy: policy(statement) };
  return resourceOf({
    type: "aws_iam_role_policy",
    name,
    ...(before === undefined ? {} : { before: given(before) as Record<string, unknown> }),
    ...(after === undefined ? {} : { after: given(after) as Record<string, unknown> }),
  });
}

describe("policy-wider", () => {
  it("blocks an action more, and names it", () => {
    const [finding] = findingsOf(
      policyWider,
      existing,
      rolePolicy("a", one, { ...one, Action: "dynamodb:*" }),
    );
    expect(finding).toMatchObject({ severity: "block", address: "aws_iam_role_policy.a" });
    expect(finding?.details?.[0]).toContain('is now allowed by Sid "One" of policy "a"');
  });

  it("blocks a trust that loses its condition", () => {
    const change = updated(
      "aws_iam_role",
      { ...role, assume_role_policy: policy(trust) },
      { ...role, assume_role_policy: policy({ ...trust, Condition: {} }) },
    );
    expect(findingLines(policyWider, change)).toEqual(["block aws_iam_role.Example"]);
  });

  it("accepts the access role of a configured line of business, of which no plan tells, and no other role", () => {
    const { environment, linesOfBusiness } = CONFIG;
    const assume = (...lobs: readonly string[]): object => ({
      ...one,
      Action: "sts:AssumeRole",
      Resource: linesOfBusiness
        .filter(({ name }) => lobs.includes(name))
        .map(({ name, account }) => namesFor(environment).roleArn(account.id, name, "access")),
    });
    const grows = rolePolicy("a", assume("lob-a"), assume("lob-a", "lob-b"));
    expect(findingLines(policyWider, existing, grows)).toEqual(["note aws_iam_role_policy.a"]);
    const strange = { ...assume("lob-a"), Resource: "arn:aws:iam::999999999999:role/access" };
    expect(findingLines(policyWider, existing, rolePolicy("a", assume("lob-a"), strange))).toEqual([
      "block aws_iam_role_policy.a",
    ]);
  });

  it("accepts the profile maker of a line of business with groups, and of no other", () => {
    const [lob, ...others] = CONFIG.linesOfBusiness;
    const maker = namesFor(CONFIG.environment).roleArn(lob!.account.id, lob!.name, "profiles");
    const grows = rolePolicy("a", one, { ...one, Action: "sts:AssumeRole", Resource: maker });
    const context = contextWith(existing, grows);
    const withGroups = { ...CONFIG, linesOfBusiness: [{ ...lob!, groups: ["studio-a"] }, ...others] };
    const severities = (config: typeof CONFIG): unknown[] =>
      policyWider.check({ ...context, config }).map(({ severity }) => severity);
    expect(severities(withGroups)).toEqual(["note"]);
    expect(severities(CONFIG)).toEqual(["block"]);
  });

  it("blocks a policy that is added to an existing role", () => {
    expect(findingLines(policyWider, existing, rolePolicy("b", undefined, two))).toHaveLength(1);
    // A role that is in no plan exists as well.
    expect(findingLines(policyWider, rolePolicy("b", undefined, two))).toHaveLength(1);
  });

  it("accepts a policy that is split, moved, narrowed or spelt differently", () => {
    const both = { ...one, Action: [one.Action, two.Action] };
    const cut = [rolePolicy("a", both, one), rolePolicy("b", undefined, two)];
    expect(findingLines(policyWider, existing, ...cut)).toEqual([]);
    expect(findingLines(policyWider, existing, rolePolicy("a", both, one))).toEqual([]);
    expect(
      findingLines(policyWider, existing, rolePolicy("a", one, undefined), rolePolicy("b", undefined, one)),
    ).toEqual([]);
    expect(
      findingLines(policyWider, existing, rolePolicy("a", one, { ...one, Resource: ["*"], Sid: "Uno" })),
    ).toEqual([]);
  });

  it("finds a right in the role's own inline policies", () => {
    const inline = (...list: object[]): Record<string, unknown> => ({ ...role, inline_policy: list });
    const change = updated("aws_iam_role", inline(), inline({ name: "x", policy: policy(two) }));
    expect(findingLines(policyWider, change)).toEqual(["block aws_iam_role.Example"]);
  });

  it.each([
    ["networking/Endpoints/Endpoint-studio", "sagemaker:CreateApp", true],
    ["networking/Endpoints/Endpoint-sts", "sts:AssumeRoleWithWebIdentity", true],
    ["networking/Endpoints/Endpoint-sts", "sts:AssumeRole", false],
    ["networking/Endpoints/Endpoint-kms", "kms:Decrypt", false],
  ])(
    "knows of %s that %s of a configured account's resources may grow: %s",
    (constructPath, Action, isGrowth) => {
      const known = CONFIG.linesOfBusiness.map(({ account }) => account.id);
      const severityFor = (...accounts: readonly string[]): string | undefined => {
        const admits = (ids: readonly string[]): object => ({
          vpc_endpoint_type: "Interface",
          policy: policy({
            Effect: "Allow",
            Principal: "*",
            Action,
            Resource: "*",
            Condition: { StringEquals: { "aws:ResourceAccount": ids } },
          }),
        });
        const before = admits(known.slice(0, 1)) as Record<string, unknown>;
        const after = admits([...known.slice(0, 1), ...accounts]) as Record<string, unknown>;
        return findingsOf(policyWider, { ...updated("aws_vpc_endpoint", before, after), constructPath })[0]
          ?.severity;
      };
      expect(severityFor(...known.slice(1))).toBe(isGrowth ? "note" : "block");
      expect(severityFor("999999999999")).toBe("block");
    },
  );

  it("knows that an account in a gateway endpoint's policy is its root user alone", () => {
    const ofAccount = policy({ ...one, Principal: { AWS: "444444444444" } });
    const ofItsPrincipals = policy({
      ...one,
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": "444444444444" } },
    });
    const found = (type: string): readonly string[] => {
      const place = { id: "vpce-1", vpc_endpoint_type: type };
      const before = { ...place, policy: ofAccount };
      return findingLines(
        policyWider,
        updated("aws_vpc_endpoint", before, { ...place, policy: ofItsPrincipals }),
      );
    };
    expect(found("Gateway")).toEqual(["block aws_vpc_endpoint.Example"]);
    expect(found("Interface")).toEqual([]);
    const staying = resourceOf({
      type: "aws_vpc_endpoint",
      kind: "no-op",
      before: { id: "vpce-1", vpc_endpoint_type: "Gateway" },
      after: { id: "vpce-1", vpc_endpoint_type: "Gateway" },
    });
    const separate = (text: string): Record<string, unknown> => ({ vpc_endpoint_id: "vpce-1", policy: text });
    const changed = updated("aws_vpc_endpoint_policy", separate(ofAccount), separate(ofItsPrincipals));
    expect(findingLines(policyWider, staying, changed)).toEqual(["block aws_vpc_endpoint_policy.Example"]);
  });

  it("treats an endpoint whose policy is removed as open, unless the endpoint is removed as well", () => {
    const narrow = policy({ ...one, Principal: "*" });
    const attributes = { vpc_endpoint_id: "vpce-1", policy: narrow };
    const separate = deleted("aws_vpc_endpoint_policy", attributes);
    const endpoint = { id: "vpce-1", policy: narrow };
    const staying = resourceOf({
      type: "aws_vpc_endpoint",
      kind: "no-op",
      before: endpoint,
      after: endpoint,
    });
    expect(findingLines(policyWider, staying, separate)).toHaveLength(1);
    expect(findingLines(policyWider, deleted("aws_vpc_endpoint", endpoint), separate)).toEqual([]);
  });

  it("finds a wider policy of a resource that replaces the one in another's attribute", () => {
    const narrow = { ...one, Principal: { AWS: "111111111111" }, Action: "kms:Decrypt" };
    const key = { key_id: "k-1", id: "k-1", policy: policy(narrow) };
    const staying = resourceOf({ type: "aws_kms_key", kind: "no-op", before: key, after: key });
    const open = { key_id: "k-1", policy: policy({ ...narrow, Principal: "*" }) };
    expect(findingLines(policyWider, staying, created("aws_kms_key_policy", open))).toEqual([
      "block aws_kms_key_policy.Example",
    ]);
  });

  it("finds a policy in an attribute that no one listed", () => {
    const at = (statement: object): Record<string, unknown> => ({ access_policy: policy(statement) });
    const closed = { ...one, Principal: { AWS: "111111111111" }, Action: "kms:*" };
    const change = updated("aws_something_new", at(closed), at({ ...closed, Principal: "*" }));
    expect(findingLines(policyWider, change)).toEqual(["block aws_something_new.Example"]);
  });

  it("judges a function's permissions as a policy", () => {
    const permission = {
      function_name: "presign",
      statement_id: "Api",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      source_arn: "arn:aws:execute-api:eu-west-1:111111111111:abc/*",
    };
    const staying = resourceOf({
      type: "aws_lambda_function",
      kind: "no-op",
      before: { function_name: "presign" },
      after: { function_name: "presign" },
    });
    const any = { ...permission, source_arn: null };
    expect(
      findingLines(policyWider, staying, updated("aws_lambda_permission", permission, any)),
    ).toHaveLength(1);
    expect(findingLines(policyWider, staying, updated("aws_lambda_permission", any, permission))).toEqual([]);
  });

  it("warns where the policy is known only after the apply, or cannot be judged", () => {
    const later = updated("aws_kms_key", { policy: policy(one) }, {}, { afterUnknown: { policy: true } });
    expect(findingLines(policyWider, later)).toEqual(["warn aws_kms_key.Example"]);
    const odd = rolePolicy("a", one, { ...one, Condition: { StringAlmost: { "aws:SourceVpc": "x" } } });
    expect(findingLines(policyWider, existing, odd)).toEqual(["warn aws_iam_role_policy.a"]);
  });

  it("reports a first deploy in one note, which names the policies that were not compared", () => {
    const made = created("aws_iam_role", { name: "presign", assume_role_policy: policy(trust) });
    const unknown = created(
      "aws_iam_role_policy",
      { role: "presign", name: "b" },
      { afterUnknown: { policy: true, id: true } },
    );
    expect(findingLines(policyWider, made, rolePolicy("a", undefined, one), unknown)).toEqual(["note"]);
  });

  it("compares a replaced role with what it was", () => {
    const before = { ...role, assume_role_policy: policy(trust) };
    const after = { ...role, assume_role_policy: policy({ ...trust, Condition: {} }) };
    const replaced = resourceOf({ type: "aws_iam_role", kind: "replace", before, after });
    expect(policyWider.check(contextWith(replaced))).toHaveLength(1);
  });
});
