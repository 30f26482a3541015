import { emptyPlan, type StackPlan } from "./model";
import { review } from "./review";
import type { Finding, Rule, RuleContext, Severity } from "./rules/rule";

const EMPTY = emptyPlan("lob-a");

function contextOf(...stacks: readonly StackPlan[]): RuleContext {
  // No rule here reads the config; the prices count its lines of business.
  return { stacks, config: { linesOfBusiness: [] } as unknown as RuleContext["config"] };
}

function finds(severity: Severity): Rule {
  const finding: Finding = { rule: severity, severity, stack: "lob-a", message: "found" };
  return { name: severity, severity, description: "Always finds.", check: () => [finding] };
}

describe("a review", () => {
  it("puts the severest findings first", () => {
    const { findings } = review(contextOf(EMPTY), [finds("note"), finds("block"), finds("warn")]);
    expect(findings.map(({ severity }) => severity)).toEqual(["block", "warn", "note"]);
  });

  it("is without changes where nothing changes", () => {
    expect(review(contextOf(EMPTY), []).verdict).toBe("no-changes");
    expect(review(contextOf(EMPTY), [finds("warn")]).verdict).toBe("no-changes");
  });

  it("is blocked by a finding that blocks", () => {
    expect(review(contextOf(EMPTY), [finds("block")]).verdict).toBe("blocked");
  });

  it("has failed where a plan has failed, even if findings block", () => {
    const failed: StackPlan = { ...EMPTY, failure: { kind: "errored", message: "no" } };
    expect(review(contextOf(EMPTY, failed), [finds("block")]).verdict).toBe("failed");
  });
});
