export { checkoutRoot, pinnedTerraformVersion } from "./checkout";
export {
  type CliConfigOptions,
  terraformEnvironment,
  type TerraformEnvironmentOptions,
  writeCliConfig,
} from "./cli-config";
export { type Patience } from "./command-tree";
export { tail } from "./log-tail";
export { MissingTool } from "./missing-tool";
export { findMoto, type Moto, type MotoOptions } from "./moto";
export { cacheFolder, type Environment, type ToolOptions } from "./options";
export { freePort } from "./port";
export { endWith } from "./program-end";
export { CommandNotStarted, runLogged, type RunOptions, type RunResult } from "./processes";
export {
  type ProviderInstallation,
  providerInstallation,
  type ProviderInstallationOptions,
  UnusableMirror,
} from "./provider-installation";
export { findTerraform, type Terraform, type TerraformOptions } from "./terraform";
