import type { IamRole } from "../iam/role";
import type { RequestOrigin } from "./request-context";
import {
  endpoint,
  exampleCaller,
  exampleRole,
  identityPolicy,
  networkWith,
  NOW,
} from "./testing/example-caller";
import { document, type ExampleStatement } from "./testing/example-deployment";
import { PolicyEvaluator, type SessionRequest } from "./policy-evaluator";

const origin: RequestOrigin = { region: "eu-west-1", endpoint, userAgent: undefined };
const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/users";
const request = { action: "dynamodb:GetItem", resource: TABLE };
const allow = (Condition: object = {}): ExampleStatement => ({
  Effect: "Allow",
  Action: ["dynamodb:GetItem", "sts:*"],
  Resource: "*",
  Condition,
});

function evaluatorWith(endpointPolicy = "", organization?: { readonly id: string }): PolicyEvaluator {
  return new PolicyEvaluator({ network: networkWith(endpointPolicy), organization, clock: () => NOW });
}

describe("a request", () => {
  it.each<[string, object, boolean]>([
    ["the endpoint", { StringEquals: { "aws:SourceVpce": "vpce-1" } }, true],
    ["another endpoint", { StringEquals: { "aws:SourceVpce": "vpce-2" } }, false],
    ["the VPC", { StringEquals: { "aws:SourceVpc": "vpc-1" } }, true],
    ["the address in the VPC", { IpAddress: { "aws:VpcSourceIp": "10.1.0.0/16" } }, true],
    ["a public address, which it does not have", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, false],
    ["the time", { DateLessThan: { "aws:CurrentTime": "2026-04-09T11:59:59Z" } }, false],
    ["the region", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, true],
    ["TLS", { Bool: { "aws:SecureTransport": "true" } }, true],
    ["the account of the table", { StringEquals: { "aws:ResourceAccount": "111111111111" } }, true],
    [
      "the caller's role",
      { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/studio-access/presign" } },
      true,
    ],
    ["an organization that does not exist", { Null: { "aws:PrincipalOrgID": "false" } }, false],
    ["a condition key of the credentials", { StringEquals: { "lambda:SourceFunctionArn": "arn:fn" } }, true],
  ])("is evaluated with %s", async (_, condition, allowed) => {
    const context = { "lambda:SourceFunctionArn": "arn:fn" };
    const caller = exampleCaller({ policies: [identityPolicy(allow(condition))], context });
    expect((await evaluatorWith().evaluate(origin, caller, request)).allowed).toBe(allowed);
  });

  it("has the organization that all accounts are in", async () => {
    const ours = { "aws:PrincipalOrgID": "o-1", "aws:ResourceOrgID": "o-1" };
    const caller = exampleCaller({
      policies: [identityPolicy(allow({ StringEquals: ours }))],
      principal: { organization: { id: "o-1" } },
    });
    expect((await evaluatorWith("", { id: "o-1" }).evaluate(origin, caller, request)).allowed).toBe(true);
    expect((await evaluatorWith().evaluate(origin, caller, request)).allowed).toBe(false);
  });

  it("must be allowed by the policy of the endpoint that it comes through, and by no other", async () => {
    const evaluator = evaluatorWith(
      document({ Effect: "Allow", Principal: "*", Action: "dynamodb:Query", Resource: "*" }),
    );
    const caller = exampleCaller({ policies: [identityPolicy(allow())] });
    const stranger = { ...endpoint, vpcEndpointId: "vpce-0stranger" };
    expect(await evaluator.evaluate(origin, caller, request)).toMatchObject({
      allowed: false,
      why: "no Allow of dynamodb:GetItem in endpoint policy vpce-1",
    });
    expect((await evaluator.evaluate({ ...origin, endpoint: stranger }, caller, request)).allowed).toBe(true);
    expect((await evaluator.evaluate({ ...origin, endpoint: undefined }, caller, request)).allowed).toBe(
      true,
    );
  });

  it("is not affected by unknown condition keys in statements on other actions", async () => {
    const Condition = { StringEquals: { "aws:ResourceTag/team": "x" } };
    const policies = [
      identityPolicy(
        { Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" },
        { Effect: "Allow", Action: "kms:Decrypt", Resource: "*", Condition },
      ),
    ];
    const resource = "arn:aws:dynamodb:eu-west-1:111111111111:table/users";
    const request = { action: "dynamodb:GetItem", resource };
    const result = await evaluatorWith().evaluate(origin, exampleCaller({ policies }), request);
    expect(result.allowed).toBe(true);
  });

  it("fails when a policy tests a condition key whose value is not known", async () => {
    const condition = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["alice"] } };
    const caller = exampleCaller({ policies: [identityPolicy(allow(condition))] });
    await expect(evaluatorWith().evaluate(origin, caller, request)).rejects.toThrow(
      "the identity policy inline tests dynamodb:LeadingKeys",
    );
  });
});

describe("AssumeRole", () => {
  const session: SessionRequest = {
    roleSessionName: "alice",
    externalId: undefined,
    sourceIdentity: "alice",
    tags: { user: "alice" },
    transitiveTagKeys: ["user"],
  };

  async function assume(role: IamRole, condition: object = {}): Promise<string> {
    const caller = exampleCaller({ policies: [identityPolicy(allow(condition))] });
    const { allowed, action, why } = await evaluatorWith().assumeRole(origin, caller, role, session);
    return allowed ? "allowed" : `${action}: ${why}`;
  }

  it.each([
    ["the session's name", { StringEquals: { "sts:RoleSessionName": "alice" } }],
    ["the source identity", { StringEquals: { "sts:SourceIdentity": "alice" } }],
    ["session tags", { StringEquals: { "aws:RequestTag/user": "alice" } }],
    ["the keys of session tags", { "ForAllValues:StringEquals": { "aws:TagKeys": ["user"] } }],
    ["transitive tag keys", { "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": ["user"] } }],
    [
      "tags of the role",
      { StringEquals: { "aws:ResourceTag/stack": "lob-a", "iam:ResourceTag/stack": "lob-a" } },
    ],
    ["the endpoint", { StringEquals: { "aws:SourceVpce": "vpce-1" } }],
    ["the role's account", { StringEquals: { "aws:ResourceAccount": "111111111111" } }],
  ])("is evaluated with %s", async (_, condition) => {
    const role = exampleRole({ tags: new Map([["stack", "lob-a"]]) });
    expect(await assume(role, condition)).toBe("allowed");
    expect(await assume(role, Object.fromEntries(Object.entries(condition).map(inverse)))).toContain(
      "no Allow of sts:AssumeRole in identity policy inline",
    );
  });

  it("needs TagSession and SetSourceIdentity in the trust policy as well", async () => {
    const trust = document({
      Effect: "Allow",
      Principal: { AWS: "111111111111" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    });
    expect(await assume(exampleRole({}, trust))).toBe(
      "sts:SetSourceIdentity: no Allow of sts:SetSourceIdentity in trust policy " +
        "arn:aws:iam::111111111111:role/studio-access/presign",
    );
  });
});

/** The negated condition. */
function inverse([operator, values]: [string, Readonly<Record<string, string | readonly string[]>>]): [
  string,
  Readonly<Record<string, string | readonly string[]>>,
] {
  const [prefix, plain = prefix ?? ""] = operator.includes(":") ? operator.split(":") : [undefined, operator];
  const set = prefix === undefined ? "" : "ForAnyValue:";
  return [`${set}${plain.replace("Equals", "NotEquals")}`, values];
}
