import { fakeCall } from "../services/testing/fake-moto";
import { exampleCaller } from "./testing/example-caller";
import { document } from "./testing/example-deployment";
import type { AuthorizationResult } from "./authorization-result";
import { invokeCheck } from "./invoke-check";
import type { AuthorizationRequest } from "./policy-evaluator";

const FUNCTION = "arn:aws:lambda:eu-west-1:111111111111:function:presign";

async function requestOf(
  name: string,
  query = "",
  policy?: string,
): Promise<AuthorizationRequest | undefined> {
  const asked: AuthorizationRequest[] = [];
  const check = invokeCheck({
    evaluator: {
      evaluate: (_, __, request) => {
        asked.push(request);
        return Promise.resolve({ allowed: true } as AuthorizationResult);
      },
    },
    functions: { policyOf: ({ name: asking }) => Promise.resolve(asking === "presign" ? policy : undefined) },
  });
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`;
  const call = fakeCall({ service: "lambda", path });
  if (check.appliesTo(call)) await check.authorize(call, exampleCaller());
  return asked[0];
}

describe("the check of Invoke", () => {
  it.each([
    ["presign", "", FUNCTION],
    ["presign:live", "", `${FUNCTION}:live`],
    ["presign", "?Qualifier=live", `${FUNCTION}:live`],
    [FUNCTION, "", FUNCTION],
    [`${FUNCTION}:live`, "", `${FUNCTION}:live`],
    ["222222222222:function:presign:live", "", `${FUNCTION.replace("111111111111", "222222222222")}:live`],
  ])("takes %s%s for %s", async (name, query, resource) => {
    expect(await requestOf(name, query)).toMatchObject({ action: "lambda:InvokeFunction", resource });
  });

  it("evaluates the function's resource-based policy as well", async () => {
    const policy = document({
      Effect: "Allow",
      Principal: { AWS: "222222222222" },
      Action: "lambda:InvokeFunction",
      Resource: FUNCTION,
    });
    expect((await requestOf("presign", "", policy))?.resourcePolicy).toMatchObject({
      kind: "resource",
      text: policy,
    });
  });
});
