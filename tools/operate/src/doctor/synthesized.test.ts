import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { text } from "../environment/placed-resources";
import { largestGroup, ofType, readSynthesized } from "./synthesized";

const LOB_A = {
  provider: {
    aws: [
      { alias: "lob_a", allowed_account_ids: ["222222222222"] },
      { alias: "shared_services", allowed_account_ids: ["111111111111"] },
    ],
  },
  resource: {
    aws_vpc: {
      Vpc_1: {
        provider: "aws.lob_a",
        cidr_block: "10.100.0.0/16",
        "//": { metadata: { path: "lob-a/Vpc" } },
      },
    },
    aws_route53_vpc_association_authorization: {
      Zone_1: { provider: "aws.shared_services", "//": { metadata: { path: "lob-a/Zone" } } },
    },
  },
  terraform: { required_providers: { aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" } } },
};

describe("cdktf's output", () => {
  let outdir: string;

  beforeAll(async () => {
    outdir = await mkdtemp(join(tmpdir(), "studio-access-synthesized-"));
    await mkdir(join(outdir, "stacks", "lob-a"), { recursive: true });
    await writeFile(
      join(outdir, "manifest.json"),
      JSON.stringify({ stacks: { "lob-a": { dependencies: [] } } }),
    );
    await writeFile(join(outdir, "stacks", "lob-a", "cdk.tf.json"), JSON.stringify(LOB_A));
  });

  afterAll(async () => {
    await rm(outdir, { recursive: true });
  });

  it("is read as resources with the account that each belongs to", async () => {
    const { resources, providerVersions } = await readSynthesized(outdir);
    expect(resources.map(({ stack, type, path, accountId }) => [stack, type, path, accountId])).toEqual([
      ["lob-a", "aws_vpc", "lob-a/Vpc", "222222222222"],
      ["lob-a", "aws_route53_vpc_association_authorization", "lob-a/Zone", "111111111111"],
    ]);
    expect(providerVersions).toBe(">= 5.100.0, < 7.0.0");
  });

  it("is looked up by type and attribute", async () => {
    const [vpc, ...others] = ofType(await readSynthesized(outdir), "aws_vpc");
    expect(others).toEqual([]);
    expect([text(vpc!, "cidr_block"), text(vpc!, "tags")]).toEqual(["10.100.0.0/16", ""]);
  });
});

describe("the largest group", () => {
  it("is counted by key, and is 0 without items", () => {
    expect(largestGroup(["ab", "ac", "b"], (word) => word[0]!)).toBe(2);
    expect(largestGroup([], () => "")).toBe(0);
  });
});
