import { fakeCall } from "../services/testing/fake-moto";
import { endpoint, exampleCaller } from "./testing/example-caller";
import type { AuthorizationResult } from "./authorization-result";
import type { PolicyEvaluator } from "./policy-evaluator";
import { presignCheck } from "./presign-check";

const allowed = { allowed: true } as AuthorizationResult;
const PROFILE_ARN = "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abc/alice";

type Asked = Parameters<PolicyEvaluator["evaluate"]>;

async function authorize(body: string): Promise<{ results: readonly AuthorizationResult[]; asked: Asked[] }> {
  const asked: Asked[] = [];
  const check = presignCheck({
    evaluator: {
      evaluate: (...request) => {
        asked.push(request);
        return Promise.resolve(allowed);
      },
    },
    tagsOf: (arn) => new Map(arn === PROFILE_ARN ? [["CostCenter", "platform"]] : []),
  });
  const call = fakeCall({ service: "sagemaker", account: "222222222222", endpoint, body });
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

  it("applies to that operation alone", () => {
    const { appliesTo } = presignCheck({
      evaluator: { evaluate: () => Promise.reject(new Error("not asked")) },
      tagsOf: () => new Map(),
    });
    const operations = ["CreatePresignedDomainUrl", "DescribeDomain"].filter((operation) =>
      appliesTo(fakeCall({ service: "sagemaker", operation })),
    );
    expect(operations).toEqual(["CreatePresignedDomainUrl"]);
  });
});
