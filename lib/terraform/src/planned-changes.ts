import type { ChangeJson, PlanJson } from "./plan-json";

/**
 * The changes of a plan as one text: those of resources and outputs, with all their values, in a fixed order. Resources
 * that Terraform only reads are left out: they may differ while the changes do not.
 */
export function plannedChanges(plan: PlanJson): string {
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
