import type { PlanJson, StateResourceJson } from "@studio-access/terraform";

/** Managed resources that existed when the plan was made, without data sources. */
export function resourcesThere(plan: PlanJson): readonly StateResourceJson[] {
  const resources = plan.prior_state?.values?.root_module?.resources ?? [];
  return resources.filter(({ mode }) => mode === "managed");
}
