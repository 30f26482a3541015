import { RequestError } from "./errors";
import {
  userName,
  type FederatedUser,
  type ResolvedPrincipal,
  type Organization,
  type RoleSession,
  type User,
} from "./principal";

/** Values of condition keys by lower-case name. */
export type KeyValues = Map<string, readonly string[]>;

/** Keys that follow from the principal. A request context may not set them, because it could contradict the principal. */
const PRINCIPAL_KEY =
  /^aws:(principal(arn|account|orgid|orgpaths|type|isawsservice|servicename|servicenameslist)|principaltag\/.*|userid|username|sourceidentity)$/;

export function isPrincipalKey(lowerCaseKey: string): boolean {
  return PRINCIPAL_KEY.test(lowerCaseKey);
}

function put(values: KeyValues, key: string, value: string | undefined): void {
  if (value !== undefined) values.set(key.toLowerCase(), [value]);
}

function putTags(values: KeyValues, tags: Readonly<Record<string, string>> | undefined): void {
  for (const [key, value] of Object.entries(tags ?? {})) {
    const name = `aws:principaltag/${key.toLowerCase()}`;
    // AWS matches tag keys in any case, so a principal cannot have two keys that differ in case only.
    if (values.has(name))
      throw new RequestError("malformed_principal", `two tags are named "${key}", but for case`);
    values.set(name, [value]);
  }
}

function putOrganization(values: KeyValues, organization: Organization | undefined): void {
  put(values, "aws:PrincipalOrgID", organization?.id);
  put(values, "aws:PrincipalOrgPaths", organization?.path);
}

function putIdentity(values: KeyValues, { tags, organization }: RoleSession | User | FederatedUser): void {
  putTags(values, tags);
  putOrganization(values, organization);
}

/** `AROA…:session`; absent when the id is not known. */
function sessionUserId(roleId: string | undefined, sessionName: string): string | undefined {
  return roleId === undefined ? undefined : `${roleId}:${sessionName}`;
}

/**
 * The global keys that follow from who the principal is. For a role session, `aws:PrincipalArn` is the role's ARN.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and the table of
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function principalKeys({ principal, account, sessionArn }: ResolvedPrincipal): KeyValues {
  const values: KeyValues = new Map();
  put(values, "aws:PrincipalAccount", account);
  const signed = principal.type !== "anonymous" && principal.type !== "federated";
  put(values, "aws:PrincipalIsAWSService", signed ? String(principal.type === "service") : undefined);
  switch (principal.type) {
    case "role_session":
      put(values, "aws:PrincipalArn", principal.roleArn);
      put(values, "aws:PrincipalType", "AssumedRole");
      put(values, "aws:userid", sessionUserId(principal.roleId, principal.sessionName));
      put(values, "aws:SourceIdentity", principal.sourceIdentity);
      putIdentity(values, principal);
      break;
    case "user":
      put(values, "aws:PrincipalArn", principal.arn);
      put(values, "aws:PrincipalType", "User");
      put(values, "aws:userid", principal.userId);
      put(values, "aws:username", userName(principal));
      putIdentity(values, principal);
      break;
    case "federated_user":
      put(values, "aws:PrincipalArn", sessionArn);
      put(values, "aws:PrincipalType", "FederatedUser");
      put(values, "aws:userid", `${account ?? ""}:${principal.sessionName}`);
      putIdentity(values, principal);
      break;
    case "root":
      put(values, "aws:PrincipalArn", `arn:aws:iam::${principal.accountId}:root`);
      put(values, "aws:PrincipalType", "Account");
      put(values, "aws:userid", principal.accountId);
      putOrganization(values, principal.organization);
      break;
    case "service":
      put(values, "aws:PrincipalServiceName", principal.name);
      put(values, "aws:PrincipalServiceNamesList", principal.name);
      break;
    case "anonymous":
      put(values, "aws:PrincipalType", "Anonymous");
      put(values, "aws:PrincipalAccount", "anonymous");
      put(values, "aws:userid", "anonymous");
      break;
    case "federated":
      break;
  }
  return values;
}
