import type { IamRole } from "../iam/role";
import type { Way } from "./circumstances";
import {
  endpoint,
  exampleCaller,
  exampleRole,
  identityPolicy,
  networkWith,
  NOW,
} from "./testing/example-caller";
import { document, type ExampleStatement } from "./testing/example-deployment";
import { Judge, type SessionRequest } from "./judge";

const way: Way = { region: "eu-west-1", endpoint, userAgent: undefined };
const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/users";
const question = { action: "dynamodb:GetItem", resource: TABLE };
const allow = (Condition: object = {}): ExampleStatement => ({
  Effect: "Allow",
  Action: ["dynamodb:GetItem", "sts:*"],
  Resource: "*",
  Condition,
});

function judgeWith(endpointPolicy = "", organization?: { readonly id: string }): Judge {
  return new Judge({ network: networkWith(endpointPolicy), organization, clock: () => NOW });
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
      { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/door/presign" } },
      true,
    ],
    ["an organization that there is not", { Null: { "aws:PrincipalOrgID": "false" } }, false],
    ["what the credentials say", { StringEquals: { "lambda:SourceFunctionArn": "arn:fn" } }, true],
  ])("is judged by %s", async (_, condition, allowed) => {
    const context = { "lambda:SourceFunctionArn": "arn:fn" };
    const caller = exampleCaller({ policies: [identityPolicy(allow(condition))], context });
    expect((await judgeWith().request(way, caller, question)).allowed).toBe(allowed);
  });

  it("is of the organization that all accounts are in", async () => {
    const ours = { "aws:PrincipalOrgID": "o-1", "aws:ResourceOrgID": "o-1" };
    const caller = exampleCaller({
      policies: [identityPolicy(allow({ StringEquals: ours }))],
      principal: { organization: { id: "o-1" } },
    });
    expect((await judgeWith("", { id: "o-1" }).request(way, caller, question)).allowed).toBe(true);
    expect((await judgeWith().request(way, caller, question)).allowed).toBe(false);
  });

  it("needs the policy of the endpoint that it comes through, and of no other", async () => {
    const judge = judgeWith(
      document({ Effect: "Allow", Principal: "*", Action: "dynamodb:Query", Resource: "*" }),
    );
    const caller = exampleCaller({ policies: [identityPolicy(allow())] });
    const stranger = { ...endpoint, vpcEndpointId: "vpce-0stranger" };
    expect(await judge.request(way, caller, question)).toMatchObject({
      allowed: false,
      why: "no Allow of dynamodb:GetItem in endpoint policy vpce-1",
    });
    expect((await judge.request({ ...way, endpoint: stranger }, caller, question)).allowed).toBe(true);
    expect((await judge.request({ ...way, endpoint: undefined }, caller, question)).allowed).toBe(true);
  });

  it("does not mind what a policy asks for in statements on other actions", async () => {
    const Condition = { StringEquals: { "aws:ResourceTag/team": "x" } };
    const policies = [
      identityPolicy(
        { Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" },
        { Effect: "Allow", Action: "kms:Decrypt", Resource: "*", Condition },
      ),
    ];
    const resource = "arn:aws:dynamodb:eu-west-1:111111111111:table/users";
    const question = { action: "dynamodb:GetItem", resource };
    const finding = await judgeWith().request(way, exampleCaller({ policies }), question);
    expect(finding.allowed).toBe(true);
  });

  it("has no answer when a policy asks for what is not known of it", async () => {
    const condition = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["alice"] } };
    const caller = exampleCaller({ policies: [identityPolicy(allow(condition))] });
    await expect(judgeWith().request(way, caller, question)).rejects.toThrow(
      "the identity policy inline asks for dynamodb:LeadingKeys",
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
    const { allowed, action, why } = await judgeWith().assumeRole(way, caller, role, session);
    return allowed ? "allowed" : `${action}: ${why}`;
  }

  it.each([
    ["the session's name", { StringEquals: { "sts:RoleSessionName": "alice" } }],
    ["the source identity", { StringEquals: { "sts:SourceIdentity": "alice" } }],
    ["session tags", { StringEquals: { "aws:RequestTag/user": "alice" } }],
    ["their keys", { "ForAllValues:StringEquals": { "aws:TagKeys": ["user"] } }],
    ["those handed on", { "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": ["user"] } }],
    [
      "tags of the role",
      { StringEquals: { "aws:ResourceTag/stack": "lob-a", "iam:ResourceTag/stack": "lob-a" } },
    ],
    ["the endpoint", { StringEquals: { "aws:SourceVpce": "vpce-1" } }],
    ["the role's account", { StringEquals: { "aws:ResourceAccount": "111111111111" } }],
  ])("is judged by %s", async (_, condition) => {
    const role = exampleRole({ tags: new Map([["stack", "lob-a"]]) });
    expect(await assume(role, condition)).toBe("allowed");
    expect(await assume(role, Object.fromEntries(Object.entries(condition).map(inverse)))).toContain(
      "no Allow of sts:AssumeRole in identity policy inline",
    );
  });

  it("needs TagSession and SetSourceIdentity of the trust as well", async () => {
    const trust = document({
      Effect: "Allow",
      Principal: { AWS: "111111111111" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    });
    expect(await assume(exampleRole({}, trust))).toBe(
      "sts:SetSourceIdentity: no Allow of sts:SetSourceIdentity in trust policy " +
        "arn:aws:iam::111111111111:role/door/presign",
    );
  });
});

/** The condition that holds of everything else. */
function inverse([operator, values]: [string, Readonly<Record<string, string | readonly string[]>>]): [
  string,
  Readonly<Record<string, string | readonly string[]>>,
] {
  const [prefix, plain = prefix ?? ""] = operator.includes(":") ? operator.split(":") : [undefined, operator];
  const set = prefix === undefined ? "" : "ForAnyValue:";
  return [`${set}${plain.replace("Equals", "NotEquals")}`, values];
}
