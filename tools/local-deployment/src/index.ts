export { runCheck, type CheckContext, type CheckResult } from "./checks/check";
export { JOURNEYS } from "./checks/journeys";
export { checkContext, type Deployed } from "./deployed-users";
export { LocalDeployment } from "./local-deployment";
export { startDeployment, type DeploymentOptions } from "./named-deployment";
export { prepareTools } from "@studio-access/terraform-cli";
export { withLobs } from "./lob-count";
export type { Report } from "./report";
export { prepareWorkspace, workspaceOf, writeConfig, type Workspace } from "./workspace";
