export {
  isRecord,
  readPlanJson,
  UnreadablePlan,
  type ChangeJson,
  type ModuleJson,
  type PlanJson,
  type ResourceChangeJson,
  type StateResourceJson,
} from "./plan-json";
