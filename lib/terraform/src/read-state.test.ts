import { readPulledState, readState } from "./read-state";
import { publishedOutputs } from "./state";

const VPC = { id: "vpc-1", cidr_block: "10.0.0.0/16" };
const vpc = { stack: "lob-a", address: "aws_vpc.Vpc", mode: "managed", type: "aws_vpc", values: VPC };

function stateFile(parts: object, version = 4): string {
  return JSON.stringify({ version, serial: 7, outputs: {}, resources: [], ...parts }, null, 2);
}

const fromFile = stateFile({
  outputs: { vpc_id: { value: "vpc-1", type: "string" }, password: { value: "secret", sensitive: true } },
  resources: [{ mode: "managed", type: "aws_vpc", name: "Vpc", instances: [{ attributes: VPC }] }],
});
const shown = JSON.stringify({
  format_version: "1.0",
  values: {
    outputs: { vpc_id: { value: "vpc-1", sensitive: false }, password: { value: "secret", sensitive: true } },
    root_module: {
      resources: [{ address: "aws_vpc.Vpc", mode: "managed", type: "aws_vpc", name: "Vpc", values: VPC }],
      child_modules: [
        {
          resources: [
            { address: "module.m.data.aws_eip.E", mode: "data", type: "aws_eip", name: "E", values: {} },
          ],
        },
      ],
    },
  },
});

function addressesIn(resources: readonly object[]): readonly string[] {
  return readState("s", stateFile({ resources })).instances.map(({ address }) => address);
}

describe("a state", () => {
  it("reads alike from a file and from terraform show", () => {
    const state = readState("lob-a", fromFile);
    expect(state.instances).toEqual([vpc]);
    expect(readState("lob-a", shown).instances[0]).toEqual(vpc);
    expect(readState("lob-a", shown).outputs).toEqual(state.outputs);
  });

  it("says which outputs are sensitive", () => {
    expect(readState("lob-a", fromFile).outputs).toEqual({
      vpc_id: { value: "vpc-1", sensitive: false },
      password: { value: "secret", sensitive: true },
    });
  });

  it("holds the resources of modules", () => {
    const address = "module.m.data.aws_eip.E";
    expect(readState("lob-a", shown).instances[1]).toMatchObject({ address, mode: "data" });
    const entry = { mode: "data", type: "aws_eip", name: "E", module: "module.m" };
    expect(addressesIn([{ ...entry, instances: [{ attributes: {} }] }])).toEqual([address]);
  });

  it("keeps the instances of one resource apart", () => {
    const instances = ["a", 0].map((key) => ({ index_key: key, attributes: {} }));
    expect(addressesIn([{ mode: "managed", type: "aws_eip", name: "E", instances }])).toEqual([
      'aws_eip.E["a"]',
      "aws_eip.E[0]",
    ]);
  });

  it("is empty for a stack that was never applied", () => {
    const nothing = { stack: "lob-a", outputs: {}, instances: [] };
    expect(readState("lob-a", '{"format_version":"1.0"}')).toEqual(nothing);
    expect(readState("lob-a", stateFile({}))).toEqual(nothing);
  });

  it.each(["", "[]", "{}", '{"version":3}'])("refuses %j", (json) => {
    expect(() => readState("lob-a", json)).toThrow("state of lob-a: ");
  });

  it.each([
    [
      "a resource without a type",
      { resources: [{ mode: "managed", name: "V" }] },
      "resources[0] is no resource",
    ],
    ["resources that are no list", { resources: {} }, "resources is no list of objects"],
    [
      "an instance without attributes",
      { resources: [{ mode: "managed", type: "t", name: "n", instances: [{}] }] },
      "resources[0].instances[0] has no attributes",
    ],
    ["an output that is no object", { outputs: { api_url: "https://…" } }, "the output api_url is no object"],
  ])("refuses %s, rather than to leave it out", (_what, parts, problem) => {
    expect(() => readState("lob-a", stateFile(parts))).toThrow(`state of lob-a: ${problem}`);
  });
});

describe("what terraform state pull prints", () => {
  it("is read past the warnings before it", () => {
    expect(readPulledState("lob-a", `\nWarning: something {\n\n${fromFile}\n`).instances).toEqual([vpc]);
  });

  it("is nothing at all for a stack that was never applied", () => {
    expect(readPulledState("lob-a", "\n")).toEqual({ stack: "lob-a", outputs: {}, instances: [] });
  });

  it.each([
    ["an error", "Error: the state is locked"],
    ["half a state", fromFile.slice(0, -20)],
    ["a state of another format", stateFile({}, 5)],
  ])("is not taken for an empty state when it is %s, and not shown", (_what, text) => {
    expect(() => readPulledState("lob-a", text)).toThrow(
      /^state of lob-a: (not JSON|neither a state file)[\w ]*/,
    );
    expect(() => readPulledState("lob-a", text)).not.toThrow(/secret|locked/);
  });
});

describe("published outputs", () => {
  it("are the outputs that cdktf did not generate for other stacks", () => {
    const output = { value: "x", sensitive: false };
    const outputs = { api_url: output, "cross-stack-output-aws_vpcVpcid": output };
    expect(publishedOutputs({ outputs })).toEqual({ api_url: output });
  });
});
