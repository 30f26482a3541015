import type { Attributes, ResourceChange } from "../model";
import type { NamedDocument } from "../policy-change";
import { isUnknown, textOf } from "../rules/changes";
import type { AttachedPolicy } from "./attached-policy";

function documentsOf(attributes: Attributes | null): ReadonlyMap<string, NamedDocument> {
  const list = attributes?.["inline_policy"];
  const found = new Map<string, NamedDocument>();
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    if (typeof item !== "object" || item === null) continue;
    const { name, policy } = item as { readonly name?: unknown; readonly policy?: unknown };
    if (typeof name === "string" && typeof policy === "string" && policy !== "")
      found.set(name, { name: `policy "${name}"`, document: policy });
  }
  return found;
}

/**
 * Policies in a role's own `inline_policy`. The provider also lists there, unchanged, the policies of separate
 * resources; so only policies that the plan changes count.
 */
export function inlinePolicies(resource: ResourceChange): readonly AttachedPolicy[] {
  const [before, after] = [documentsOf(resource.before), documentsOf(resource.after)];
  const unknown = resource.after !== null && isUnknown(resource, "inline_policy");
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({ old: before.get(name), now: after.get(name) }))
    .filter(({ old, now }) => old?.document !== now?.document)
    .map(({ old, now }) => ({
      resource,
      kind: "identity" as const,
      attribute: "inline_policy",
      target: textOf(resource.after, "name") ?? textOf(resource.before, "name"),
      isSeparate: false,
      before: old,
      after: now,
      isUnknown: unknown,
    }));
}
