import type { Config } from "@studio-access/config";
import { sampleConfig, sampleLob } from "@studio-access/config/testing";
import { parsePlan, type StackPlan } from "@studio-access/plan-review";
import type { ChangeJson } from "@studio-access/terraform";

import { followersText } from "./followers";

const NEW = "444455556666";
const account = (id: string): Config["sharedServices"] => ({ id, credentials: { profile: `p-${id}` } });
const CONFIG: Config = {
  ...sampleConfig(),
  linesOfBusiness: [{ ...sampleLob("lob-c", "", "10.102.0.0/16", ["user-lob-c"]), account: account(NEW) }],
};

function planOf(stack: string, changes: Readonly<Record<string, ChangeJson>>, error?: string): StackPlan {
  const resources = Object.entries(changes).map(([name, change]) => ({
    address: `aws_vpc_endpoint_policy.${name}`,
    mode: "managed" as const,
    type: "aws_vpc_endpoint_policy",
    name,
    change,
  }));
  return parsePlan({
    stack,
    plan: { format_version: "1.2", terraform_version: "1.11.4", resource_changes: resources },
    synthesized: {},
    ...(error === undefined ? {} : { error }),
  });
}

const policy = (...accounts: readonly string[]): object => ({ policy: JSON.stringify({ accounts }) });
const joins: ChangeJson = { actions: ["update"], before: policy("1"), after: policy("1", NEW) };
const kept: ChangeJson = { actions: ["no-op"], before: policy("1"), after: policy("1") };

describe("the stacks that follow", () => {
  it("are those whose plans have changes, with the account that they name now", () => {
    const plans = [
      planOf("networking", { sts: joins, studio: joins, api: joins, logs: joins, kept }),
      planOf("access", { presign: joins }),
      planOf("lob-a", { kept }),
    ];
    expect(followersText(plans, CONFIG)).toBe(
      [
        "Still to be deployed, since the config or what was applied changes them too:",
        "  networking: 4 to change",
        `    now names account ${NEW} (lob-c): aws_vpc_endpoint_policy.sts, aws_vpc_endpoint_policy.studio, aws_vpc_endpoint_policy.api and 1 more`,
        "  access: 1 to change",
        `    now names account ${NEW} (lob-c): aws_vpc_endpoint_policy.presign`,
        "Deploy them: ./studio deploy networking access",
      ].join("\n"),
    );
  });

  it("have other reasons too: attributes that change, resources that come and go, without any value", () => {
    const text = followersText(
      [
        planOf("networking", {
          left: { actions: ["update"], before: policy("1", NEW), after: policy("1") },
          renamed: { actions: ["update"], before: { name: "was-secret", a: 1 }, after: { name: "is", a: 1 } },
          added: { actions: ["create"], before: null, after: { name: "new" } },
          gone: { actions: ["delete"], before: { name: "old" }, after: null },
        }),
      ],
      CONFIG,
    );
    expect(text?.split("\n").slice(2, -1)).toEqual([
      `    no longer names account ${NEW} (lob-c): aws_vpc_endpoint_policy.left`,
      "    changes name: aws_vpc_endpoint_policy.renamed",
      "    to create: aws_vpc_endpoint_policy.added",
      "    to delete: aws_vpc_endpoint_policy.gone",
    ]);
  });

  it("are not known of a stack that cannot be planned", () => {
    expect(followersText([planOf("lob-a", { kept }, "Error: no session")], CONFIG)).toBe(
      "Whether lob-a has changes is not known: Error: no session",
    );
  });

  it("are not mentioned where nothing changes", () => {
    expect(followersText([planOf("lob-a", { kept })], CONFIG)).toBeUndefined();
    expect(followersText([], CONFIG)).toBeUndefined();
  });
});
