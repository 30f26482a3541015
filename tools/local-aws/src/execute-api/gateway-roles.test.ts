import { IamStore } from "../iam/iam-store";
import type { Reply } from "../server/call";
import { API_ARN, AUTHORIZER_ARN } from "./testing/example-api";
import { gatewayRoles } from "./gateway-roles";
import type { RoleMayInvoke } from "./invoke-permission";

const ROLE_ARN = "arn:aws:iam::111111111111:role/door/caller";
const caller = {
  account: "111111111111",
  region: "eu-west-1",
  sourceArn: `${API_ARN}/authorizers/auth1`,
  credentials: ROLE_ARN,
};
const trustStatement = {
  Effect: "Allow",
  Principal: { Service: "apigateway.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
};
const invokeStatement = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: AUTHORIZER_ARN };

const policy = (statement: object): string =>
  encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));

interface Role {
  readonly trust?: object;
  readonly inline?: object;
  readonly managed?: object;
}

/** IAM with one role. */
function rolesOf({ trust = trustStatement, inline, managed }: Role): RoleMayInvoke {
  const answers: Readonly<Record<string, string>> = {
    GetRole: `<Role><Arn>${ROLE_ARN}</Arn><AssumeRolePolicyDocument>${policy(trust)}</AssumeRolePolicyDocument></Role>`,
    ListRolePolicies: `<PolicyNames>${inline ? "<member>invoke</member>" : ""}</PolicyNames>`,
    GetRolePolicy: `<PolicyDocument>${policy(inline ?? {})}</PolicyDocument>`,
    ListAttachedRolePolicies: `<AttachedPolicies>${managed ? "<member><PolicyArn>arn</PolicyArn></member>" : ""}</AttachedPolicies>`,
    GetPolicy: "<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>",
    GetPolicyVersion: `<PolicyVersion><Document>${policy(managed ?? {})}</Document></PolicyVersion>`,
  };
  const query = (
    _: string,
    __: string,
    ___: string,
    { Action = "" }: Readonly<Record<string, string>>,
  ): Promise<Reply> => {
    const body = `<${Action}Response><${Action}Result>${answers[Action] ?? ""}</${Action}Result></${Action}Response>`;
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(body) });
  };
  return gatewayRoles(new IamStore({ query }));
}

describe("a role that an API names", () => {
  it.each<[string, Role, boolean]>([
    ["with an inline policy for the function", { inline: invokeStatement }, true],
    ["with a managed policy for the function", { managed: invokeStatement }, true],
    ["without a policy", {}, false],
    [
      "with a policy for another function",
      { inline: { ...invokeStatement, Resource: `${AUTHORIZER_ARN}-2` } },
      false,
    ],
    [
      "that trusts another service",
      {
        inline: invokeStatement,
        trust: { ...trustStatement, Principal: { Service: "lambda.amazonaws.com" } },
      },
      false,
    ],
    [
      "that trusts API Gateway for another account alone",
      {
        inline: invokeStatement,
        trust: { ...trustStatement, Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } } },
      },
      false,
    ],
  ])("%s", async (_, role, expected) => {
    expect(await rolesOf(role)(ROLE_ARN, AUTHORIZER_ARN, caller)).toBe(expected);
  });

  it("allows nothing when it does not exist", async () => {
    const mayInvoke = gatewayRoles({ role: () => Promise.resolve(undefined) });
    expect(await mayInvoke(ROLE_ARN, AUTHORIZER_ARN, caller)).toBe(false);
  });
});
