import type { StackPlan } from "../model";
import { contextOf, created, planOf } from "../testing/plans";
import { codeAtPlanTime } from "./code-at-plan-time";
import { DEFAULT_PARAMETERS } from "./index";

const rule = codeAtPlanTime(DEFAULT_PARAMETERS["code-at-plan-time"]);

function messagesOf(more: Partial<StackPlan>): readonly string[] {
  return rule.check(contextOf(planOf("access", [], more))).map(({ message }) => message);
}

function dataSource(type: string): Partial<StackPlan> {
  return { declared: [{ address: `data.${type}.X`, mode: "data", type, name: "X", provider: "aws" }] };
}

describe("code-at-plan-time", () => {
  it("blocks a provider that is not on the list, declared or used", () => {
    const provider = { key: "external", source: "registry.terraform.io/hashicorp/external", accountIds: [] };
    expect(messagesOf({ providers: [provider] })[0]).toContain("hashicorp/external");
    const used = created("null_resource", {}, { providerSource: "registry.terraform.io/hashicorp/null" });
    expect(rule.check(contextOf(planOf("access", [used])))).toHaveLength(1);
  });

  it("warns of a provider that the tests do not run with", () => {
    const context = contextOf(planOf("access", []));
    const findings = (awsProviderVersion?: string): readonly string[] =>
      rule
        .check({
          ...context,
          config: { ...context.config, ...(awsProviderVersion !== undefined && { awsProviderVersion }) },
        })
        .map(({ severity, message }) => `${severity}: ${message}`);
    expect(findings()).toEqual([]);
    expect(findings("5.100.0")).toEqual([]);
    expect(findings("6.21.0")).toEqual([expect.stringMatching(/^warn: .*6\.21\.0.*untried.*5\.100\.0/)]);
  });

  it("blocks a data source that is not on the list", () => {
    expect(messagesOf(dataSource("aws_lambda_invocation"))[0]).toContain("aws_lambda_invocation");
    expect(messagesOf(dataSource("terraform_remote_state"))).toEqual([]);
  });
});
