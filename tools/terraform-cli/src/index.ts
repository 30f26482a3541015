export { checkoutRoot, pinnedTerraformVersion } from "./checkout";
export {
  type CliConfigOptions,
  terraformEnvironment,
  type TerraformEnvironmentOptions,
  writeCliConfig,
} from "./programs/cli-config";
export { type GracePeriod } from "./processes/command-tree";
export { tail } from "./processes/log-tail";
export { MissingTool, RUN_AGAIN } from "./programs/missing-tool";
export { findMoto, type Moto, type MotoOptions } from "./programs/moto";
export { cacheFolder, type Environment } from "./console/options";
export { freePort } from "./processes/port";
export { endWith } from "./console/program-end";
export { CommandNotStarted, runLogged, type RunOptions, type RunResult } from "./processes/processes";
export {
  type ProviderInstallation,
  providerInstallation,
  type ProviderInstallationOptions,
  UnusableMirror,
} from "./programs/provider-installation";
export { findTerraform, type Terraform } from "./programs/terraform";
export { CommandFailed, deploy, destroy, resourceCounts, type CdktfOptions } from "./stacks/cdktf";
export {
  applyReviewedPlan,
  type AppliedPlan,
  type PlanOperations,
  type ReviewedPlan,
} from "./stacks/reviewed-plan";
export { synth } from "./stacks/synth";
export { DeployProgress, type StackProgress } from "./stacks/deploy-progress";
export type { StackFolders } from "./stacks/stack-folders";
export { TerraformStacks } from "./stacks/terraform-stacks";
export { plan, terraform, type PlanResult, type TerraformOptions } from "./stacks/terraform";
export {
  prepareTerraform,
  prepareTools,
  type TerraformTools,
  type ToolOptions,
  type Tools,
} from "./programs/tools";
