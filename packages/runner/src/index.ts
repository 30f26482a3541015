export { CommandFailed, deploy, destroy, resourceCounts, synth, type CdktfOptions } from "./cdktf";
export { readConfig } from "./config-file";
export { DeployProgress, type StackProgress } from "./deploy-progress";
export {
  accountsOf,
  chosenConfigFile,
  stackNames,
  type AccountEntry,
  type DeployedConfig,
  type LobEntry,
} from "./deployed-config";
export type { StackFolders } from "./stack-folders";
export {
  outputs,
  plan,
  terraform,
  type PlanResult,
  type StackOutput,
  type TerraformOptions,
} from "./terraform";
export { prepareTerraform, prepareTools, type TerraformTools, type ToolOptions, type Tools } from "./tools";
