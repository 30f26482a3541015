import { constructPathOf, readSynthesizedStack, synthesizedStack } from "./synthesized-stack";

const VPC = {
  provider: "aws.lob_a",
  cidr_block: "10.100.0.0/16",
  "//": { metadata: { path: "lob-a/Vpc", uniqueId: "Vpc_1" } },
};
const LOB_A = {
  provider: { aws: [{ alias: "lob_a", allowed_account_ids: ["222222222222"] }, { region: "eu-west-1" }] },
  resource: { aws_vpc: { Vpc_1: VPC } },
  data: { terraform_remote_state: { hub: { backend: "local" } } },
  terraform: { required_providers: { aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" } } },
};

describe("a synthesized stack", () => {
  it("holds its resources and data sources by their addresses, with the constructs behind them", () => {
    const { resources } = readSynthesizedStack("lob-a", JSON.stringify(LOB_A));
    const [vpc, state] = resources;
    expect(resources).toHaveLength(2);
    expect(vpc).toEqual({
      stack: "lob-a",
      mode: "managed",
      type: "aws_vpc",
      name: "Vpc_1",
      address: "aws_vpc.Vpc_1",
      constructPath: "lob-a/Vpc",
      body: VPC,
    });
    expect(state).toMatchObject({
      address: "data.terraform_remote_state.hub",
      mode: "data",
      constructPath: "",
    });
  });

  it("holds its provider configurations by the names that resources refer to them with", () => {
    const { providerConfigurations } = readSynthesizedStack("lob-a", JSON.stringify(LOB_A));
    expect([...providerConfigurations.keys()]).toEqual(["aws.lob_a", "aws"]);
    expect(providerConfigurations.get("aws.lob_a")).toEqual(LOB_A.provider.aws[0]);
  });

  it("says which versions of its providers it needs", () => {
    const { requiredProviders } = readSynthesizedStack("lob-a", JSON.stringify(LOB_A));
    expect([...requiredProviders]).toEqual([["aws", LOB_A.terraform.required_providers.aws]]);
  });

  it("may hold nothing", () => {
    expect(readSynthesizedStack("state", "{}").resources).toEqual([]);
  });

  it.each([
    ["{", "it is not JSON"],
    ["[]", "it is no JSON object"],
    ['{"resource":[]}', "resource is no JSON object"],
    ['{"data":{"aws_vpc":{"V":1}}}', "data.aws_vpc.V is no JSON object"],
    [
      '{"terraform":{"required_providers":{"aws":{}}}}',
      "terraform.required_providers.aws does not say its source and version",
    ],
    ['{"provider":{"aws":{}}}', "provider.aws is no list of configurations"],
  ])("is refused when it is %j", (text, problem) => {
    expect(() => readSynthesizedStack("lob-a", text)).toThrow(`lob-a/cdk.tf.json: ${problem}. Synthesize`);
  });

  it("says which file is missing", async () => {
    await expect(synthesizedStack("/nowhere", "lob-a")).rejects.toThrow(
      "/nowhere/stacks/lob-a/cdk.tf.json: there is no such file",
    );
  });

  it("knows the construct behind a resource, and none behind one that it does not have", () => {
    const vpc = { mode: "managed", type: "aws_vpc", name: "Vpc_1" } as const;
    expect(constructPathOf(LOB_A, vpc)).toBe("lob-a/Vpc");
    expect(constructPathOf(LOB_A, { ...vpc, name: "toString" })).toBeUndefined();
    expect(constructPathOf(undefined, vpc)).toBeUndefined();
  });
});
