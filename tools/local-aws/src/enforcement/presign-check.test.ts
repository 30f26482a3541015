import { fakeCall } from "../services/testing/fake-moto";
import { endpoint, exampleCaller } from "./testing/example-caller";
import type { Finding } from "./finding";
import type { Judge } from "./judge";
import { presignCheck } from "./presign-check";

const allowed = { allowed: true } as Finding;
const PROFILE_ARN = "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abc/alice";

type Asked = Parameters<Judge["request"]>;

async function judge(body: string): Promise<{ findings: readonly Finding[]; asked: Asked[] }> {
  const asked: Asked[] = [];
  const check = presignCheck({
    judge: {
      request: (...question) => {
        asked.push(question);
        return Promise.resolve(allowed);
      },
    },
    tagsOf: (arn) => new Map(arn === PROFILE_ARN ? [["CostCenter", "platform"]] : []),
  });
  const call = fakeCall({ service: "sagemaker", account: "222222222222", endpoint, body });
  return { findings: await check.judge(call, exampleCaller()), asked };
}

describe("the check of CreatePresignedDomainUrl", () => {
  it("asks for the profile, with its tags, and how the call came", async () => {
    const { findings, asked } = await judge('{"DomainId":"d-abc","UserProfileName":"alice"}');
    expect(findings).toEqual([allowed]);
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
    "leaves it to SageMaker to refuse %p",
    async (body) => {
      expect(await judge(body)).toEqual({ findings: [], asked: [] });
    },
  );

  it("is of that operation alone", () => {
    const { concerns } = presignCheck({
      judge: { request: () => Promise.reject(new Error("not asked")) },
      tagsOf: () => new Map(),
    });
    const operations = ["CreatePresignedDomainUrl", "DescribeDomain"].filter((operation) =>
      concerns(fakeCall({ service: "sagemaker", operation })),
    );
    expect(operations).toEqual(["CreatePresignedDomainUrl"]);
  });
});
