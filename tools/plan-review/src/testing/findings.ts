import type { ResourceChange } from "../model";
import type { Finding, Rule } from "../rules/rule";
import { contextWith } from "./plans";

/** What a rule finds in a plan of one stack, `lob-a`. */
export function found(
  rule: Rule,
  ...resources: readonly Omit<ResourceChange, "stack">[]
): readonly Finding[] {
  return rule.check(contextWith(...resources));
}

/** The same as `severity address` each. */
export function told(rule: Rule, ...resources: readonly Omit<ResourceChange, "stack">[]): readonly string[] {
  return found(rule, ...resources).map(({ severity, address }) => `${severity} ${address ?? ""}`.trim());
}
