import type { AwsCall, Reply } from "../../server/call";
import type { Ec2Context } from "./ec2-context";
import { RuleOperations } from "./rule-operations";

/** moto, which answers with one rule and no description. */
function operations(): RuleOperations {
  const body =
    "<R><securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId></item></securityGroupRuleSet></R>";
  const reply: Reply = { status: 200, headers: {}, body: Buffer.from(body) };
  return new RuleOperations({ moto: { forward: () => Promise.resolve(reply) } } as unknown as Ec2Context);
}

async function run(rules: RuleOperations, operation: string, form: Record<string, string>): Promise<string> {
  const reply = await rules.operations.get(operation)?.({} as AwsCall, new URLSearchParams(form));
  return reply?.body.toString() ?? "";
}

describe("descriptions of security group rules", () => {
  it.each(["Groups", "PrefixListIds"])("are kept for rules that name %s", async (target) => {
    const rules = operations();
    await run(rules, "AuthorizeSecurityGroupEgress", {
      [`IpPermissions.1.${target}.1.Description`]: "TLS to S3",
    });
    expect(await run(rules, "DescribeSecurityGroupRules", {})).toContain(
      "<description>TLS to S3</description>",
    );
  });

  it("can be changed", async () => {
    const rules = operations();
    await run(rules, "AuthorizeSecurityGroupEgress", { "IpPermissions.1.Groups.1.Description": "old" });
    await run(rules, "ModifySecurityGroupRules", {
      "SecurityGroupRule.1.SecurityGroupRuleId": "sgr-1",
      "SecurityGroupRule.1.SecurityGroupRule.Description": "new",
    });
    expect(await run(rules, "DescribeSecurityGroupRules", {})).toContain("<description>new</description>");
  });

  it("are left to moto for rules that name a range", async () => {
    const rules = operations();
    await run(rules, "AuthorizeSecurityGroupIngress", { "IpPermissions.1.IpRanges.1.Description": "office" });
    expect(await run(rules, "DescribeSecurityGroupRules", {})).not.toContain("description");
  });
});
