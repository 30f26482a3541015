import { iamData } from "./iam-data";

describe("iamData", () => {
  it.each([
    ["sts", "assumerole", "AssumeRole", "required"],
    ["sagemaker", "CREATEPRESIGNEDDOMAINURL", "CreatePresignedDomainUrl", "required"],
    ["sagemaker", "ListDomains", "ListDomains", "none"],
    ["execute-api", "Invoke", "Invoke", "optional"],
  ])("knows %s:%s", (service, action, name, resources) => {
    expect(iamData.action(service, action)).toEqual({ name, resources });
  });

  it("does not know services and actions that AWS does not have", () => {
    expect(iamData.hasService("STS")).toBe(true);
    expect(iamData.hasService("toString")).toBe(false);
    expect(iamData.action("nothing", "Get")).toBeUndefined();
    expect(iamData.action("sts", "toString")).toBeUndefined();
  });

  it("lists a service's actions, and none for an unknown service", () => {
    const names = iamData.actions("STS").map(({ name }) => name);
    expect(names).toContain("AssumeRole");
    expect(names).not.toContain("CreateApp");
    expect(iamData.actions("nothing")).toEqual([]);
  });

  it.each([
    ["aws:SourceVpce", false],
    ["AWS:sourcevpce", false],
    ["aws:PrincipalTag/any key", false],
    ["aws:TagKeys", true],
    ["aws:PrincipalOrgPaths", true],
    ["sts:ExternalId", false],
    ["sts:TransitiveTagKeys", true],
    ["sagemaker:ResourceTag/owner", false],
    ["iam:ResourceTag/owner", false],
    ["s3:ExistingObjectTag/owner", false],
    ["secretsmanager:ResourceTag/aws:secretsmanager:owningService", false],
    ["glacier:ResourceTag/owner", false],
    ["saml:aud", false],
    ["lambda:SourceFunctionArn", false],
    ["token.actions.githubusercontent.com:sub", false],
    ["oidc.example.com/id/ABC:aud", false],
    ["oidc.example.com:amr", true],
  ])("knows the condition key %s (several values: %p)", (key, multivalued) => {
    expect(iamData.conditionKey(key)).toMatchObject({ multivalued });
  });

  it.each([
    "aws:SourceVpces",
    "aws:PrincipalTag",
    "aws:PrincipalTag/",
    "sts:External",
    "sagemaker:ResourceTag/",
    "nothing:Key",
    "constructor:aud",
    "Key",
    "",
  ])("does not know the condition key %p", (key) => {
    expect(iamData.conditionKey(key)).toBeUndefined();
  });
});
