import { findingLines } from "../testing/findings";
import { created, resourceOf, updated } from "../testing/plans";
import { presignWithoutEndpoint } from "./presign-without-endpoint";

const tied = {
  Effect: "Allow",
  Action: "sagemaker:CreatePresignedDomainUrl",
  Resource: "arn:aws:sagemaker:eu-west-1:222222222222:user-profile/d-abc/${aws:PrincipalTag/user}",
  Condition: { StringEquals: { "aws:SourceVpce": ["vpce-1"] } },
};

function rolePolicy(...statements: object[]): Record<string, unknown> {
  return { role: "access", policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}

function judge(...statements: object[]): readonly string[] {
  return findingLines(presignWithoutEndpoint, created("aws_iam_role_policy", rolePolicy(...statements)));
}

describe("presign-without-endpoint", () => {
  it.each([
    ["no condition", { ...tied, Condition: {} }],
    ["a wildcard in the action", { ...tied, Action: "sagemaker:*", Condition: {} }],
    ["everything", { Effect: "Allow", Action: "*", Resource: "*" }],
    ["NotAction", { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    [
      "a condition that an absent key meets",
      { ...tied, Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } },
    ],
    ["IfExists", { ...tied, Condition: { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } } }],
    ["another condition", { ...tied, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ])("blocks a new policy with %s", (_, statement) => {
    expect(judge(statement)).toEqual(["block aws_iam_role_policy.Example"]);
  });

  it("accepts presigning through an endpoint, and other actions", () => {
    expect(judge(tied)).toEqual([]);
    expect(judge({ ...tied, Action: "sagemaker:DescribeUserProfile", Condition: {} })).toEqual([]);
    const denied = {
      Effect: "Deny",
      Action: tied.Action,
      Resource: "*",
      Condition: { Null: { "aws:SourceVpce": "true" } },
    };
    expect(judge({ ...tied, Condition: {} }, denied)).toEqual([]);
  });

  it("warns where it cannot be decided", () => {
    expect(judge({ ...tied, Condition: { StringAlmost: {} } })).toEqual(["warn aws_iam_role_policy.Example"]);
  });

  it("says nothing of a policy that does not change", () => {
    const open = rolePolicy({ ...tied, Condition: {} });
    const same = resourceOf({ type: "aws_iam_role_policy", kind: "no-op", before: open, after: open });
    const renamed = updated("aws_iam_role_policy", { ...open, name: "a" }, { ...open, name: "b" });
    expect(findingLines(presignWithoutEndpoint, same, renamed)).toEqual([]);
  });
});
