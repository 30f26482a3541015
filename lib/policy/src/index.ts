export {
  combineAuthorizer,
  evaluateInvoke,
  expandApiResources,
  evaluateApiPolicy,
  evaluateAuthorizerPolicy,
  parseApiPolicy,
  type ApiVerdicts,
  type InvokeInput,
  type InvokeRequest,
  type RestApi,
} from "./api-gateway";
export {
  evaluateAssumeRole,
  type AssumeRoleAction,
  type AssumeRoleDecision,
  type AssumeRoleInput,
} from "./assume-role";
export { couldAllow, statementsNaming, type OwnPolicies } from "./could-allow";
export { createCatalog, type Catalog, type CatalogSource } from "./catalog";
export type { Decision, TrailEntry } from "./decision";
export { parsePolicy, type Policy, type PolicyOptions } from "./document";
export {
  PolicyError,
  RequestError,
  type PolicyFault,
  type PolicyLocation,
  type RequestFault,
  type StatementReference,
} from "./errors";
export { evaluateRequest, type AuthorizationInput, type CallerPolicies } from "./evaluate";
export { iamData } from "./iam-data";
export { evaluatePolicies } from "./policy-evaluation";
export type { PolicyKind } from "./kinds";
export {
  principalFromArn,
  type Anonymous,
  type FederatedPrincipal,
  type FederatedUser,
  type Organization,
  type Principal,
  type PrincipalDetails,
  type RoleSession,
  type RootUser,
  type ServicePrincipal,
  type User,
} from "./principal";
export type { AuthorizationRequest, RequestContext } from "./request";
export type { VerdictOutcome, Verdict } from "./verdict";
