export { runCheck, type CheckContext, type CheckResult } from "./checks/check";
export { JOURNEYS } from "./checks/journeys";
export { readConfig, type DeployedConfig } from "@studio-access/runner";
export { checkContext, type Deployed } from "./deployed-users";
export { LocalDeployment } from "./local-deployment";
export { prepareTools } from "@studio-access/runner";
export { withLobs } from "./lob-count";
export type { Report } from "./report";
export { prepareWorkspace, workspaceOf, writeConfig, type Workspace } from "./workspace";
