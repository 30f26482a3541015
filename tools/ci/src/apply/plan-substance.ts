import type { ChangeJson, PlanJson } from "@studio-access/terraform";

/**
 * What a plan would do, as one text: the changes of resources and outputs, with all their values, in a fixed order. What
 * Terraform only looked at is left out: it may differ while the changes do not.
 */
export function substanceOf(plan: PlanJson): string {
  const { resource_changes: resources = [], output_changes: outputs = {} } = plan;
  const isChange = ({ actions }: ChangeJson): boolean =>
    actions.some((action) => !["no-op", "read"].includes(action));
  return stable({
    resources: resources
      .filter(({ change }) => isChange(change))
      .sort((a, b) => (a.address < b.address ? -1 : 1)),
    outputs: Object.fromEntries(Object.entries(outputs).filter(([, change]) => isChange(change))),
  });
}

/** JSON with sorted keys. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
