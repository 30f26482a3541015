export type { DomainConfig, PortalConfig } from "./access-schema";
export { accountsOf, namedAccounts, type NamedAccount } from "./accounts";
export { prefixLength, split, subnetPlan } from "./cidr";
export { chosenConfigFile, CONFIG_VARIABLE } from "./config-file";
export type { Draft } from "./draft";
export { EditRefused } from "./edit/config-text";
export {
  configFileText,
  firstConfig,
  firstCredentials,
  isRegion,
  type FirstConfig,
  type FirstLob,
} from "./edit/first-config";
export { nextLobRange, proposedLob, withLob, withoutLob, type NewLob } from "./edit/lob";
export {
  lobOfUser,
  withoutUsers,
  withUserBlocked,
  withUserReadmitted,
  withUsers,
  withUsersMoved,
} from "./edit/users";
export { groupRules, profileOf, tokenRules, type GroupRules } from "./identity";
export { jsonSchemaText } from "./json-schema";
export { configFrom, examineConfig, examineText, loadConfig } from "./load";
export { defaultBucketName } from "./names/bucket-names";
export {
  boundaryArn,
  boundaryName,
  ciPath,
  ciRoleArn,
  ciRoleName,
  ciStackName,
  planKeyName,
  type CiRole,
} from "./names/ci-names";
export { accessLogGroup, functionLogGroup } from "./names/log-groups";
export { ACCESS_ROLE, namesFor, PRESIGN_ROLE, PROFILE_MAKER_ROLE, type Names } from "./names/names";
export { stateBucketName, stateKey, stateKeyAliasArn, stateKeyName } from "./names/state-names";
export type { Problem } from "./problem";
export { AWS_PROVIDER_VERSIONS, awsProviderVersion, TESTED_AWS_PROVIDER } from "./provider-versions";
export { ConfigError, placeOf } from "./report";
export { hasGroups, instanceTypesOf, type LineOfBusiness } from "./line-of-business";
export type { AccountConfig, CiConfig, Config, OidcIdentity, OnPremiseConfig } from "./schema";
export { dependenciesOf, isAdministratorsStack, stackNames, stacksOf } from "./stack-list";
export { blockedProfilesOf, userRowsOf, type UserRow } from "./user-rows";
export { validate, type Validation } from "./validate";
export { zoneSharingOf, type ZoneSharing } from "./zone-sharing";
