import type { Catalog } from "./catalog";
import { allowedBy, deniedBy, missingAllow, type Decision } from "./decision";
import type { Policy } from "./document";
import { RequestError } from "./errors";
import { iamData } from "./iam-data";
import type { PolicyKind } from "./kinds";
import { isServiceLinkedRole } from "./principal";
import { prepareRequest, type AuthorizationRequest, type PreparedRequest } from "./request";
import { evaluateStatements, type Verdict } from "./verdict";

/** The policies of the caller, of its session, of the VPC endpoint and of the caller's organization. */
export interface CallerPolicies {
  /**
   * Inline and managed policies of the user or role; of a federated user, those of the user that made it. Empty for a root
   * user, service or anonymous caller.
   */
  readonly identityPolicies: readonly Policy[];
  /** Absent: the user or role has no boundary. */
  readonly permissionBoundary?: Policy | undefined;
  /** Inline and managed session policies together. Absent or empty: the session was made without one. */
  readonly sessionPolicies?: readonly Policy[] | undefined;
  /** Absent: the request comes through no VPC endpoint. */
  readonly endpointPolicy?: Policy | undefined;
  /**
   * Service control policies of the caller's account, one list per level from the root down. Absent: no organization, or its
   * management account. They do not bind a service-linked role.
   */
  readonly scps?: readonly (readonly Policy[])[] | undefined;
}

/** A request and every policy that applies to it. */
export interface AuthorizationInput extends CallerPolicies {
  readonly request: AuthorizationRequest;
  /** The resource's own policy; the role's trust policy when a role is assumed. Absent: the resource has none. */
  readonly resourcePolicy?: Policy | undefined;
  /** Resource control policies of the resource's account, one list per level from the root down. Absent: no organization. */
  readonly rcps?: readonly (readonly Policy[])[] | undefined;
  /** Known actions and condition keys. Default: those of AWS. */
  readonly catalog?: Catalog;
}

interface Verdicts {
  readonly scps: readonly Verdict[];
  readonly rcps: readonly Verdict[];
  readonly endpoint: Verdict | undefined;
  readonly resource: Verdict | undefined;
  readonly identity: Verdict;
  readonly boundary: Verdict | undefined;
  readonly session: Verdict | undefined;
}

function present(verdicts: readonly (Verdict | undefined)[]): Verdict[] {
  return verdicts.filter((verdict) => verdict !== undefined);
}

function checkKinds(kinds: readonly PolicyKind[], policies: readonly (Policy | undefined)[]): void {
  const wrong = policies.find((policy) => policy !== undefined && !kinds.includes(policy.kind));
  if (wrong === undefined) return;
  throw new RequestError(
    "wrong_policy_kind",
    `"${wrong.name}" is a ${wrong.kind} policy, not ${kinds.join(" or ")}`,
  );
}

function checkInput(input: AuthorizationInput, { principal, account }: PreparedRequest["caller"]): void {
  checkKinds(["identity"], input.identityPolicies);
  checkKinds(["boundary"], [input.permissionBoundary]);
  checkKinds(["session"], input.sessionPolicies ?? []);
  checkKinds(["endpoint", "gateway_endpoint"], [input.endpointPolicy]);
  checkKinds(["resource", "trust"], [input.resourcePolicy]);
  checkKinds(["scp"], input.scps?.flat() ?? []);
  checkKinds(["rcp"], input.rcps?.flat() ?? []);
  const own = input.identityPolicies.length > 0 || input.permissionBoundary !== undefined;
  const session = (input.sessionPolicies ?? []).length > 0;
  const takesSession = principal.type === "role_session" || principal.type === "federated_user";
  if (
    (own && !takesSession && principal.type !== "user") ||
    (session && !takesSession) ||
    (input.scps && account === undefined)
  ) {
    throw new RequestError(
      "policy_not_applicable",
      `a ${principal.type} principal cannot have one of the policies given`,
    );
  }
}

function optional(
  kind: PolicyKind,
  policies: readonly Policy[],
  request: PreparedRequest,
): Verdict | undefined {
  return policies.length === 0 ? undefined : evaluateStatements(kind, policies, request);
}

/** A root user needs no policy in its own account. */
function evaluateIdentity(policies: readonly Policy[], request: PreparedRequest): Verdict {
  if (request.caller.principal.type === "root") return { kind: "identity", outcome: "allow" };
  return evaluateStatements("identity", policies, request);
}

/** A role's session without session policies has the role's permissions, a federated user's has none. */
function evaluateSession(policies: readonly Policy[], request: PreparedRequest): Verdict | undefined {
  if (request.caller.principal.type === "federated_user")
    return evaluateStatements("session", policies, request);
  return optional("session", policies, request);
}

function evaluateAll(input: AuthorizationInput, request: PreparedRequest): Verdicts {
  const one = (policy: Policy | undefined): readonly Policy[] => (policy === undefined ? [] : [policy]);
  // "SCPs do not affect any service-linked role", and RCPs do not apply to their calls.
  const { scps = [], rcps = [] } = isServiceLinkedRole(request.caller.principal) ? {} : input;
  return {
    scps: scps.map((level) => evaluateStatements("scp", level, request)),
    rcps: rcps.map((level) => evaluateStatements("rcp", level, request)),
    endpoint: optional(input.endpointPolicy?.kind ?? "endpoint", one(input.endpointPolicy), request),
    resource: optional(input.resourcePolicy?.kind ?? "resource", one(input.resourcePolicy), request),
    identity: evaluateIdentity(input.identityPolicies, request),
    boundary: optional("boundary", one(input.permissionBoundary), request),
    session: evaluateSession(input.sessionPolicies ?? [], request),
  };
}

/** A role's trust policy and a KMS key's policy must allow a request even within their own account. */
function needsResourcePolicy({ resource, action }: PreparedRequest, policy: Policy | undefined): boolean {
  if (policy?.kind === "trust") return true;
  const [, , service, , , name = ""] = resource.pieces;
  return action.service === "kms" && service === "kms" && name.startsWith("key/");
}

function isCrossAccount(
  { caller, resourceAccount, resource }: PreparedRequest,
  policy: Policy | undefined,
): boolean {
  if (resourceAccount !== undefined) return resourceAccount !== caller.account;
  if (resource.text === "*" && policy === undefined) return false;
  const asked = `"${resource.text}" does not say which account it is in: pass aws:ResourceAccount`;
  throw new RequestError("unknown_resource_account", asked);
}

/** @returns the verdict that grants, or the kind of policy that fails to */
type Access = { readonly granted: Verdict } | { readonly missing: PolicyKind };

/** The resource policy, or the trust policy in its place, has no Allow. */
function missingResource({ resource }: Verdicts): Access {
  return { missing: resource?.kind ?? "resource" };
}

function withinLimits(granted: Verdict, { boundary, session }: Verdicts): Access {
  const limit = present([boundary, session]).find(({ outcome }) => outcome !== "allow");
  return limit === undefined ? { granted } : { missing: limit.kind };
}

/** Both accounts must allow, no matter how the resource policy names the caller. */
function crossAccount(verdicts: Verdicts): Access {
  if (verdicts.resource?.outcome !== "allow") return missingResource(verdicts);
  if (verdicts.identity.outcome !== "allow") return { missing: "identity" };
  return withinLimits(verdicts.identity, verdicts);
}

/** Identity or resource policy may allow. Boundary and session policies limit a grant to the role, but not a direct one. */
function sameAccount(verdicts: Verdicts, needsResource: boolean): Access {
  const { resource, identity } = verdicts;
  const grant = resource?.outcome === "allow" ? resource : undefined;
  if (grant?.grant === "direct") return { granted: grant };
  if (needsResource && grant === undefined) return missingResource(verdicts);
  const granted = identity.outcome === "allow" ? identity : grant?.grant === "role" ? grant : undefined;
  return granted === undefined ? { missing: "identity" } : withinLimits(granted, verdicts);
}

function decideAccess(verdicts: Verdicts, request: PreparedRequest, policy: Policy | undefined): Access {
  if (request.caller.account === undefined) {
    const { resource } = verdicts;
    return resource?.outcome === "allow" ? { granted: resource } : missingResource(verdicts);
  }
  if (isCrossAccount(request, policy)) return crossAccount(verdicts);
  return sameAccount(verdicts, needsResourcePolicy(request, policy));
}

/**
 * Decides a request as AWS does. An explicit Deny in any policy denies it. Organization and endpoint policies must allow it,
 * but grant nothing. Within one account, an Allow of the identity or the resource policy is enough, limited by boundary and
 * session policies (except where the resource policy names the user, the session or everyone). Across accounts the policies
 * of both must allow it.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 *
 * @throws {PolicyError} when a policy leaves the decision open
 * @throws {RequestError} when the request is malformed
 */
export function evaluateRequest(input: AuthorizationInput): Decision {
  const request = prepareRequest(input.request, input.catalog ?? iamData);
  checkInput(input, request.caller);
  const verdicts = evaluateAll(input, request);
  const { scps, rcps, endpoint, resource, identity, boundary, session } = verdicts;
  const all = present([...scps, ...rcps, endpoint, resource, identity, boundary, session]);
  const deny = all.find(({ outcome }) => outcome === "deny");
  if (deny !== undefined) return deniedBy(deny, all);
  const closed = present([...scps, ...rcps, endpoint]).find(({ outcome }) => outcome !== "allow");
  if (closed !== undefined) return missingAllow(closed.kind, all);
  const access = decideAccess(verdicts, request, input.resourcePolicy);
  return "granted" in access ? allowedBy(access.granted, all) : missingAllow(access.missing, all);
}
