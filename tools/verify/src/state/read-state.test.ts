import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseState, readStateFolder } from "./read-state";

const VPC = { id: "vpc-1", cidr_block: "10.0.0.0/16" };
const fromFile = JSON.stringify({
  version: 4,
  resources: [{ mode: "managed", type: "aws_vpc", name: "Vpc", instances: [{ attributes: VPC }] }],
});
const shown = JSON.stringify({
  format_version: "1.0",
  values: {
    root_module: {
      resources: [{ address: "aws_vpc.Vpc", mode: "managed", type: "aws_vpc", name: "Vpc", values: VPC }],
      child_modules: [
        {
          resources: [
            { address: "module.m.aws_eip.E", mode: "data", type: "aws_eip", name: "E", values: {} },
          ],
        },
      ],
    },
  },
});

describe("state", () => {
  const vpc = { stack: "lob-a", address: "aws_vpc.Vpc", mode: "managed", type: "aws_vpc", values: VPC };

  it("reads alike from a file and from terraform show", () => {
    expect(parseState("lob-a", fromFile)).toEqual([vpc]);
    expect(parseState("lob-a", shown)[0]).toEqual(vpc);
  });

  it("holds what modules made", () => {
    expect(parseState("lob-a", shown)[1]).toMatchObject({ address: "module.m.aws_eip.E", mode: "data" });
  });

  it("keeps the instances of one resource apart", () => {
    const instances = ["a", 0].map((key) => ({ index_key: key, attributes: {} }));
    const json = JSON.stringify({ version: 4, resources: [{ type: "aws_eip", name: "E", instances }] });
    expect(parseState("s", json).map(({ address }) => address)).toEqual(['aws_eip.E["a"]', "aws_eip.E[0]"]);
  });

  it("is empty for a stack that was never applied", () => {
    expect(parseState("lob-a", '{"format_version":"1.0"}')).toEqual([]);
  });

  it.each(["", "[]", "{}", '{"version":3}'])("refuses %j", (json) => {
    expect(() => parseState("lob-a", json)).toThrow("state of lob-a: ");
  });
});

describe("a folder of state files", () => {
  it("names each stack by its file, and refuses to be empty", async () => {
    const folder = await mkdtemp(join(tmpdir(), "state-"));
    try {
      await expect(readStateFolder(folder)).rejects.toThrow("holds no STACK.tfstate");
      await writeFile(join(folder, "terraform.lob-a.tfstate"), fromFile);
      await writeFile(join(folder, "lob-b.tfstate"), fromFile);
      expect((await readStateFolder(folder)).map(({ stack }) => stack)).toEqual(["lob-b", "lob-a"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
