import { readState } from "@studio-access/terraform";

import { importBlocks, overrides } from "./import-blocks";
import { inState, withAdditions } from "./state-entries";

const ROW = {
  type: "aws_dynamodb_table_item",
  name: "Lob",
  provider: "aws.shared_services",
  attributes: { id: "lobs|PK|lob-a" },
};

describe("a state with rows of tables", () => {
  it("keeps what it has, and gets the next serial", () => {
    const pulled = JSON.stringify({ version: 4, serial: 7, lineage: "own", outputs: {}, resources: [] });
    const text = withAdditions(`Warning: something\n${pulled}`, { rows: [ROW] });
    expect(JSON.parse(text)).toMatchObject({
      serial: 8,
      lineage: "own",
      resources: [{ provider: 'provider["registry.terraform.io/hashicorp/aws"].shared_services' }],
    });
    expect(readState("lob-a", text).instances).toMatchObject([
      { address: "aws_dynamodb_table_item.Lob", values: { id: "lobs|PK|lob-a" } },
    ]);
  });

  it("gets the blocks that the provider cannot read, which an import leaves out of the comparison", () => {
    const domain = { mode: "managed", type: "aws_sagemaker_domain", name: "Domain" };
    const state = {
      version: 4,
      serial: 1,
      resources: [{ ...domain, instances: [{ attributes: { id: "d-1" } }] }],
    };
    const block = { retention_policy: [{ home_efs_file_system: "Retain" }] };
    const text = withAdditions(JSON.stringify(state), {
      blocks: new Map([["aws_sagemaker_domain.Domain", block]]),
    });
    expect(readState("lob-a", text).instances).toMatchObject([{ values: { id: "d-1", ...block } }]);
    expect(overrides([{ address: "aws_sagemaker_domain.Domain", unread: ["retention_policy"] }])).toBe(
      'resource "aws_sagemaker_domain" "Domain" {\n  lifecycle {\n    ignore_changes = [retention_policy]\n  }\n}\n',
    );
  });

  it("has a block as a list, and an attribute as it is", () => {
    const block = { home_efs_file_system: "Retain" };
    expect([block, [block], false].map(inState)).toEqual([[block], [block], false]);
  });

  it("is made where there is none, and refused where its version is not known", () => {
    expect(readState("lob-a", withAdditions("", { rows: [ROW] })).instances).toHaveLength(1);
    expect(() => withAdditions('{"version": 5}', { rows: [ROW] })).toThrow("nothing was written");
  });
});

it("writes ids into import blocks as text, whatever they hold", () => {
  expect(importBlocks([{ address: "aws_x.Y", importId: 'a"${b}%{c}' }])).toBe(
    'import {\n  to = aws_x.Y\n  id = "a\\"$${b}%%{c}"\n}\n',
  );
});
