import { compileAction, parseRequestedAction } from "./action";
import { iamData } from "./iam-data";
import { faultOf } from "./testing/fixtures";

function matches(pattern: string, asked: string): boolean {
  const action = parseRequestedAction(asked, iamData);
  if (action === undefined) throw new Error(`${asked} is no action`);
  return compileAction(pattern, iamData)(action);
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
describe("compileAction", () => {
  it.each<[string, string, boolean]>([
    ["*", "s3:GetObject", true],
    ["*:*", "s3:GetObject", true],
    ["s3:*", "s3:GetObject", true],
    ["s3:*", "sts:AssumeRole", false],
    ["IAM:listaccesskeys", "iam:ListAccessKeys", true],
    ["iam:*AccessKey*", "iam:CreateAccessKey", true],
    ["iam:*AccessKey*", "iam:GetUser", false],
    ["s3:GetObjec?", "s3:GetObject", true],
  ])("compares %p with %p: %p", (pattern, asked, expected) => {
    expect(matches(pattern, asked)).toBe(expected);
  });

  it.each([
    ["s3:GetObjects", "unknown_action"],
    ["sagemaker:CreatePresignedDomainURLs", "unknown_action"],
    ["sagemakr:*", "unknown_service"],
    ["s*:GetObject", "malformed_action"],
    ["GetObject", "malformed_action"],
    ["s3:", "malformed_action"],
    ["s3:Get:Object", "malformed_action"],
    ["s3:${aws:username}", "malformed_action"],
  ])("refuses %p as %s", (text, code) => {
    expect(faultOf(() => compileAction(text, iamData))).toMatchObject({ code });
  });
});

describe("parseRequestedAction", () => {
  it.each(["s3:GetObjects", "s3", "s3:Get*", "nothing:GetObject", "", "s3:GetObject:x"])(
    "does not know the action %p",
    (text) => {
      expect(parseRequestedAction(text, iamData)).toBeUndefined();
    },
  );
});
