import { fakeCall } from "../services/testing/fake-moto";
import { endpoint, exampleCaller } from "./testing/example-caller";
import type { AuthorizationResult } from "./authorization-result";
import type { PolicyEvaluator } from "./policy-evaluator";
import { profileCheck } from "./profile-check";

const allowed = { allowed: true } as AuthorizationResult;
const PROFILE_ARN = "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abc/alice";

type Asked = Parameters<PolicyEvaluator["evaluate"]>;

async function authorize(
  body: string,
  operation = "CreatePresignedDomainUrl",
): Promise<{ results: readonly AuthorizationResult[]; asked: Asked[] }> {
  const asked: Asked[] = [];
  const check = profileCheck({
    evaluator: {
      evaluate: (...request) => {
        asked.push(request);
        return Promise.resolve(allowed);
      },
    },
    tagsOf: (arn) => new Map(arn === PROFILE_ARN ? [["CostCenter", "platform"]] : []),
  });
  const call = fakeCall({ service: "sagemaker", operation, account: "222222222222", endpoint, body });
  return { results: await check.authorize(call, exampleCaller()), asked };
}

describe("the check of CreatePresignedDomainUrl", () => {
  it("evaluates the profile with its tags and the origin of the call", async () => {
    const { results, asked } = await authorize('{"DomainId":"d-abc","UserProfileName":"alice"}');
    expect(results).toEqual([allowed]);
    expect(asked).toEqual([
      [
        { region: "eu-west-1", endpoint, userAgent: undefined },
        exampleCaller(),
        {
          action: "sagemaker:CreatePresignedDomainUrl",
          resource: PROFILE_ARN,
          context: {
            "aws:ResourceTag/CostCenter": "platform",
            "sagemaker:ResourceTag/CostCenter": "platform",
          },
        },
      ],
    ]);
  });

  it.each(["", "[]", "null", '{"DomainId":"d-abc"}', '{"DomainId":1,"UserProfileName":"alice"}'])(
    "lets SageMaker refuse %p",
    async (body) => {
      expect(await authorize(body)).toEqual({ results: [], asked: [] });
    },
  );
});

describe("the check of CreateUserProfile", () => {
  const profile = { DomainId: "d-abc", UserProfileName: "alice" };

  it("evaluates the profile with the tags of the call, and the tagging as part of it", async () => {
    const Tags = [{ Key: "made-by", Value: "sign-in" }];
    const { asked } = await authorize(JSON.stringify({ ...profile, Tags }), "CreateUserProfile");
    const tags = { "aws:RequestTag/made-by": "sign-in", "aws:TagKeys": ["made-by"] };
    expect(asked.map(([, , request]) => request)).toEqual([
      { action: "sagemaker:CreateUserProfile", resource: PROFILE_ARN, context: tags },
      {
        action: "sagemaker:AddTags",
        resource: PROFILE_ARN,
        context: { ...tags, "sagemaker:TaggingAction": "CreateUserProfile" },
      },
    ]);
    expect(asked.map(([origin]) => origin.endpoint)).toEqual([endpoint, endpoint]);
  });

  it("evaluates the role and the security groups that the profile names", async () => {
    const UserSettings = { ExecutionRole: "arn:aws:iam::222222222222:role/studio", SecurityGroups: ["sg-1"] };
    const { asked } = await authorize(JSON.stringify({ ...profile, UserSettings }), "CreateUserProfile");
    expect(asked.map(([{ endpoint: by }, , request]) => [by, request])).toEqual([
      [
        endpoint,
        {
          action: "sagemaker:CreateUserProfile",
          resource: PROFILE_ARN,
          context: { "sagemaker:VpcSecurityGroupIds": ["sg-1"] },
        },
      ],
      [
        undefined,
        {
          action: "iam:PassRole",
          resource: "arn:aws:iam::222222222222:role/studio",
          context: { "iam:PassedToService": "sagemaker.amazonaws.com" },
        },
      ],
    ]);
  });
});

it("checks operations on one profile alone", () => {
  const { appliesTo } = profileCheck({
    evaluator: { evaluate: () => Promise.reject(new Error("not asked")) },
    tagsOf: () => new Map(),
  });
  const operations = [
    "CreatePresignedDomainUrl",
    "CreateUserProfile",
    "DescribeUserProfile",
    "DescribeDomain",
    "ListUserProfiles",
  ];
  expect(operations.filter((operation) => appliesTo(fakeCall({ service: "sagemaker", operation })))).toEqual(
    operations.slice(0, 3),
  );
});
