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
  PriorResource,
  ProviderConfig,
  StackPlan,
} from "./stack-plan";
