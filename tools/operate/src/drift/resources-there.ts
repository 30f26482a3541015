import type { PlanJson, StateResourceJson } from "@studio-access/terraform";

/** Resources that were there when the plan was made; data sources left out. */
export function resourcesThere(plan: PlanJson): readonly StateResourceJson[] {
  const resources = plan.prior_state?.values?.root_module?.resources ?? [];
  return resources.filter(({ mode }) => mode === "managed");
}
