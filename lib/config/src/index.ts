export { prefixLength, split, subnetPlan } from "./cidr";
export { jsonSchemaText } from "./json-schema";
export { loadConfig } from "./load";
export {
  boundaryArn,
  boundaryName,
  ciPath,
  ciRoleName,
  ciStackName,
  planKeyName,
  type CiRole,
} from "./names/ci-names";
export { ACCESS_ROLE, namesFor, PRESIGN_ROLE, type Names } from "./names/names";
export { stateBucketName, stateKey, stateKeyAliasArn, stateKeyName } from "./names/state-names";
export type { AccountConfig, CiConfig, Config, LineOfBusiness, OnPremiseConfig } from "./schema";
