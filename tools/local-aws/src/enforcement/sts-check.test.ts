import { formCall } from "../services/testing/fake-moto";
import type { CheckedCaller } from "./caller";
import { endpoint, exampleCaller, exampleRole, ROLE_ARN, SESSION_ARN } from "./testing/example-caller";
import type { AuthorizationResult } from "./authorization-result";
import type { PolicyEvaluator } from "./policy-evaluator";
import { stsCheck } from "./sts-check";

const allowed = { allowed: true } as AuthorizationResult;
const REQUEST = { RoleArn: ROLE_ARN, RoleSessionName: "alice" };

type Asked = Parameters<PolicyEvaluator["assumeRole"]>;

async function authorize(
  parameters: Readonly<Record<string, string>>,
  caller: CheckedCaller = exampleCaller(),
  operation = "AssumeRole",
): Promise<{ results: readonly AuthorizationResult[]; asked: Asked[] }> {
  const asked: Asked[] = [];
  const check = stsCheck({
    iam: { role: (arn) => Promise.resolve(arn === ROLE_ARN ? exampleRole() : undefined) },
    evaluator: {
      assumeRole: (...request) => {
        asked.push(request);
        return Promise.resolve(allowed);
      },
    },
  });
  const call = formCall(operation, parameters, { service: "sts", endpoint });
  return { results: await check.authorize(call, caller), asked };
}

describe("the check of AssumeRole", () => {
  it("evaluates the call with its session parameters and its origin", async () => {
    const { results, asked } = await authorize({
      ...REQUEST,
      ExternalId: "x",
      SourceIdentity: "alice",
      "Tags.member.1.Key": "user",
      "Tags.member.1.Value": "alice",
      "TransitiveTagKeys.member.1": "user",
    });
    expect(results).toEqual([allowed]);
    expect(asked).toEqual([
      [
        { region: "eu-west-1", endpoint, userAgent: undefined },
        exampleCaller(),
        expect.objectContaining({ arn: ROLE_ARN }),
        {
          roleSessionName: "alice",
          externalId: "x",
          sourceIdentity: "alice",
          tags: { user: "alice" },
          transitiveTagKeys: ["user"],
        },
      ],
    ]);
  });

  it("denies a role that does not exist", async () => {
    const RoleArn = `${ROLE_ARN}-2`;
    expect((await authorize({ ...REQUEST, RoleArn })).results).toMatchObject([
      {
        who: SESSION_ARN,
        action: "sts:AssumeRole",
        resource: RoleArn,
        allowed: false,
        why: `there is no role ${RoleArn}`,
      },
    ]);
  });

  it("evaluates no policy for a malformed call", async () => {
    await expect(authorize({ ...REQUEST, RoleSessionName: "a b" })).rejects.toMatchObject({
      code: "ValidationError",
    });
  });

  it("lets STS refuse a changed source identity", async () => {
    const caller = exampleCaller({ principal: { sourceIdentity: "alice" } });
    const { results, asked } = await authorize({ ...REQUEST, SourceIdentity: "bob" }, caller);
    expect([results, asked]).toEqual([[], []]);
  });

  it("refuses to override a transitive tag", async () => {
    const caller = exampleCaller({ principal: { tags: { user: "alice" }, transitiveTagKeys: ["user"] } });
    const tags = { "Tags.member.1.Key": "User", "Tags.member.1.Value": "bob" };
    await expect(authorize({ ...REQUEST, ...tags }, caller)).rejects.toMatchObject({
      code: "InvalidParameterValue",
    });
  });

  it("refuses operations whose keys would be treated as an operator's", async () => {
    await expect(authorize({}, exampleCaller(), "GetSessionToken")).rejects.toMatchObject({
      code: "NotImplemented",
    });
  });
});
