import { readProviderSelections } from "./version-json";

const AWS = "registry.terraform.io/hashicorp/aws";

describe("what terraform version -json prints", () => {
  it("says which providers a folder is initialized with", () => {
    const text = JSON.stringify({ terraform_version: "1.13.0", provider_selections: { [AWS]: "6.0.0" } });
    expect(readProviderSelections(text)).toEqual({ [AWS]: "6.0.0" });
  });

  it("names none in a folder that is not initialized", () => {
    expect(readProviderSelections('{"terraform_version":"1.13.0"}')).toEqual({});
  });

  it.each(["Terraform v1.13.0", "[]", '{"provider_selections":1}'])("is refused when it is %j", (text) => {
    expect(() => readProviderSelections(text)).toThrow("terraform version -json did not print");
  });
});
