import type { Reply } from "../server/call";
import { API_ARN, AUTHORIZER_ARN } from "./example-api";
import { GatewayRoles } from "./gateway-roles";

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

/** IAM with one role; counts what it is asked. */
function rolesOf({ trust = trustStatement, inline, managed }: Role): {
  roles: GatewayRoles;
  asked: string[];
} {
  const asked: string[] = [];
  const answers: Readonly<Record<string, string>> = {
    GetRole: `<Role><AssumeRolePolicyDocument>${policy(trust)}</AssumeRolePolicyDocument></Role>`,
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
    asked.push(Action);
    const body = `<${Action}Response><${Action}Result>${answers[Action] ?? ""}</${Action}Result></${Action}Response>`;
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(body) });
  };
  return { roles: new GatewayRoles({ query }), asked };
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
    expect(await rolesOf(role).roles.mayInvoke(ROLE_ARN, AUTHORIZER_ARN, caller)).toBe(expected);
  });

  it("may be missing, which allows nothing", async () => {
    const roles = new GatewayRoles({
      query: () => Promise.resolve({ status: 404, headers: {}, body: Buffer.from("") }),
    });
    expect(await roles.mayInvoke(ROLE_ARN, AUTHORIZER_ARN, caller)).toBe(false);
  });

  it("is read once, until something in IAM changes", async () => {
    const { roles, asked } = rolesOf({ inline: invokeStatement });
    await roles.mayInvoke(ROLE_ARN, AUTHORIZER_ARN, caller);
    const once = asked.length;
    roles.observe({ service: "iam", operation: "GetRole", method: "POST" });
    await roles.mayInvoke(ROLE_ARN, AUTHORIZER_ARN, caller);
    expect(asked).toHaveLength(once);
    roles.observe({ service: "iam", operation: "PutRolePolicy", method: "POST" });
    await roles.mayInvoke(ROLE_ARN, AUTHORIZER_ARN, caller);
    expect(asked).toHaveLength(2 * once);
  });
});
