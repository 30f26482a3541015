export { isRecord, type Json, type JsonObject } from "./json";
export { inOrder, synthesizedStacks, type ManifestStack } from "./manifest";
export {
  readPlanJson,
  UnreadablePlan,
  type ChangeJson,
  type ModuleJson,
  type PlanJson,
  type ResourceChangeJson,
  type StateResourceJson,
} from "./plan-json";
export { plannedChanges } from "./planned-changes";
export { readPulledState, readState } from "./read-state";
export { publishedOutputs, type Output, type ResourceInstance, type State } from "./state";
export { readStateFile, readStateFolder } from "./state-folder";
export {
  constructPathOf,
  readStackJson,
  readSynthesizedStack,
  STACK_FILE,
  stackFolder,
  synthesizedStack,
  type SynthesizedResource,
  type SynthesizedStack,
} from "./synthesized-stack";
export { readProviderSelections } from "./version-json";
