import type { ResourceChange } from "../model";
import type { Finding, Rule } from "../rules/rule";
import { contextWith } from "./plans";

/** The findings of a rule in a plan of one stack, `lob-a`. */
export function findingsOf(
  rule: Rule,
  ...resources: readonly Omit<ResourceChange, "stack">[]
): readonly Finding[] {
  return rule.check(contextWith(...resources));
}

/** The findings as texts, `severity address`. */
export function findingLines(
  rule: Rule,
  ...resources: readonly Omit<ResourceChange, "stack">[]
): readonly string[] {
  return findingsOf(rule, ...resources).map(({ severity, address }) => `${severity} ${address ?? ""}`.trim());
}
