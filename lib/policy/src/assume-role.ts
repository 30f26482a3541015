import type { Catalog } from "./catalog";
import type { Decision } from "./decision";
import type { Policy } from "./document";
import { RequestError } from "./errors";
import { evaluateRequest, type CallerPolicies } from "./evaluate";
import { SESSION_NAME, type Principal } from "./principal";
import type { RequestContext } from "./request";

/** A call of sts:AssumeRole and every policy that applies to it. */
export interface AssumeRoleInput extends CallerPolicies {
  readonly caller: Principal;
  /** The role to assume. */
  readonly roleArn: string;
  readonly trustPolicy: Policy;
  readonly roleSessionName: string;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string | undefined;
  /** Session tags. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly transitiveTagKeys?: readonly string[] | undefined;
  /** The other condition keys of the request: `aws:SourceVpce`, `aws:ResourceOrgID`, `aws:ResourceTag/…`, … */
  readonly context?: RequestContext | undefined;
  readonly rcps?: readonly (readonly Policy[])[] | undefined;
  readonly catalog?: Catalog;
}

export type AssumeRoleAction = "sts:AssumeRole" | "sts:TagSession" | "sts:SetSourceIdentity";

/** The first denial, or the decision on sts:AssumeRole when all actions are allowed. */
export interface AssumeRoleDecision extends Decision {
  /** The action that this decision is about. */
  readonly action: AssumeRoleAction;
  /** Every action that the call needs, in order. */
  readonly actions: readonly { readonly action: AssumeRoleAction; readonly decision: Decision }[];
}

/** A source identity cannot change within a role chain once it is set. */
function sourceIdentityOf({ caller, sourceIdentity }: AssumeRoleInput): string | undefined {
  const inherited = caller.type === "role_session" ? caller.sourceIdentity : undefined;
  if (inherited !== undefined && sourceIdentity !== undefined && inherited !== sourceIdentity) {
    throw new RequestError(
      "malformed_session",
      "a session cannot change the source identity that it was given",
    );
  }
  return sourceIdentity ?? inherited;
}

function inheritedTagKeys({ caller }: AssumeRoleInput): readonly string[] {
  return caller.type === "role_session" ? (caller.transitiveTagKeys ?? []) : [];
}

function checkSession(input: AssumeRoleInput): void {
  const names = [
    input.roleSessionName,
    ...(input.sourceIdentity === undefined ? [] : [input.sourceIdentity]),
  ];
  const malformed = names.find((name) => !SESSION_NAME.test(name));
  if (malformed !== undefined) {
    throw new RequestError(
      "malformed_session",
      `"${malformed}" is not of 2 to 64 letters, digits and _+=,.@-`,
    );
  }
  const inherited = inheritedTagKeys(input).map((key) => key.toLowerCase());
  const overridden = Object.keys(input.tags ?? {}).find((key) => inherited.includes(key.toLowerCase()));
  if (overridden !== undefined) {
    throw new RequestError(
      "malformed_session",
      `tag "${overridden}" is inherited in this role chain and cannot be set`,
    );
  }
}

function contextOf(input: AssumeRoleInput): RequestContext {
  const { roleSessionName, externalId, tags = {}, transitiveTagKeys = [] } = input;
  const sourceIdentity = sourceIdentityOf(input);
  const requestTags = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return {
    ...input.context,
    "sts:RoleSessionName": roleSessionName,
    ...(externalId === undefined ? {} : { "sts:ExternalId": externalId }),
    ...(sourceIdentity === undefined ? {} : { "sts:SourceIdentity": sourceIdentity }),
    ...Object.fromEntries(requestTags),
    ...(requestTags.length === 0 ? {} : { "aws:TagKeys": Object.keys(tags) }),
    ...(transitiveTagKeys.length === 0 ? {} : { "sts:TransitiveTagKeys": transitiveTagKeys }),
  };
}

function actionsOf(input: AssumeRoleInput): readonly AssumeRoleAction[] {
  const tagged = Object.keys(input.tags ?? {}).length > 0 || inheritedTagKeys(input).length > 0;
  const identified = sourceIdentityOf(input) !== undefined;
  return [
    "sts:AssumeRole",
    ...(tagged ? (["sts:TagSession"] as const) : []),
    ...(identified ? (["sts:SetSourceIdentity"] as const) : []),
  ];
}

/** "Roles may not be assumed by root accounts"; a federated user may call nothing of STS but GetCallerIdentity. */
const REFUSED: Decision = { allowed: false, reason: "implicit_deny", missing: "identity", trail: [] };

/**
 * Decides a call of AssumeRole: sts:AssumeRole, with sts:TagSession when session tags are passed or inherited, and
 * sts:SetSourceIdentity when a source identity is. The trust policy must allow each. Within one account, a trust policy that
 * names the caller's session or role is enough; one that names the account (its id or `root`) needs an Allow of the caller's
 * own policies too. Across accounts these must always allow too.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html,
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html,
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export function evaluateAssumeRole(input: AssumeRoleInput): AssumeRoleDecision {
  checkSession(input);
  if (input.trustPolicy.kind !== "trust") {
    throw new RequestError(
      "wrong_policy_kind",
      `"${input.trustPolicy.name}" is a ${input.trustPolicy.kind} policy, not trust`,
    );
  }
  const { caller, trustPolicy, roleArn, ...policies } = input;
  const context = contextOf(input);
  const actions = actionsOf(input).map((action) => {
    const request = { principal: caller, action, resource: roleArn, context };
    const decision = evaluateRequest({ ...policies, request, resourcePolicy: trustPolicy });
    const refused = caller.type === "root" || caller.type === "federated_user";
    return { action, decision: refused && decision.allowed ? REFUSED : decision };
  });
  const [first] = actions;
  const deciding = actions.find(({ decision }) => !decision.allowed) ?? first;
  if (deciding === undefined) throw new RangeError("AssumeRole needs at least one action");
  return { ...deciding.decision, action: deciding.action, actions };
}
