export type {
  Action,
  AttributePath,
  Attributes,
  Change,
  ChangeKind,
  Marks,
  ResourceChange,
} from "./resource-change";
export type {
  DeclaredResource,
  OutputChange,
  PlanFailure,
  ProviderConfig,
  ReadDataSource,
  Secret,
  StackPlan,
} from "./stack-plan";
export { emptyPlan, parsePlan, planWithout, type PlanSource } from "./parse-plan";
export { UnreadablePlan } from "@studio-access/terraform";
export { valueAt, isMarked } from "./marks";
export { terraformErrors } from "./terraform-errors";
