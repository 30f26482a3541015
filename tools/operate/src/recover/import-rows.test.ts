import { readFileSync } from "node:fs";
import { join } from "node:path";

import { checkoutRoot } from "@studio-access/terraform-cli";

import { overrides } from "./import-blocks";
import { IMPORT_ROWS } from "./import-rows";

/** Every resource of every config that the laws of the stacks run over, as their snapshots have it. */
function deployedTypes(): readonly string[] {
  const folder = join(checkoutRoot(), "stacks", "__snapshots__");
  const addresses = ["addresses", "ci-access", "on-premise", "state"].flatMap((name) => {
    const text = readFileSync(join(folder, `${name}.laws.test.ts.snap`), "utf8");
    return [...text.matchAll(/^ {2}"(\w+)\.[\w-]+",$/gm)].map(([, type = ""]) => type);
  });
  return [...new Set(addresses)].sort();
}

it("has a row for every resource type of the stacks, or the reason why none is needed", () => {
  expect(deployedTypes().length).toBeGreaterThan(70);
  expect(deployedTypes().filter((type) => !(type in IMPORT_ROWS))).toEqual([]);
});

/** Seen with AWS provider 5.100: it imports these, reads no such attribute, and would replace the resource for it. */
it.each([
  ["aws_cognito_user_pool_client", "generate_secret"],
  ["aws_sagemaker_domain", "retention_policy"],
])("keeps Terraform from replacing an imported %s for %s, which it cannot read", (type, attribute) => {
  const row = IMPORT_ROWS[type];
  const unread = row !== undefined && "unread" in row ? (row.unread ?? []) : [];
  expect(overrides([{ address: `${type}.One`, unread }])).toContain(`ignore_changes = [${attribute}]`);
});
