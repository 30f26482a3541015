export { changeRefusals, changeStatements } from "./apply-permissions";
export { noDataStatements } from "./data-reads";
export { deployerPolicies, type DeployerPolicies } from "./deployer";
export { readStatements } from "./plan-permissions";
export { stateObjects, stateStatements } from "./state-permissions";
export type { Conditions, Statement } from "./statement";
