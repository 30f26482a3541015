import {
  evaluateAssumeRole,
  evaluateRequest,
  RequestError,
  type AssumeRoleInput,
  type Organization,
  type RequestContext,
} from "@studio-access/policy";

import type { IamRole } from "../iam/role";
import { endpointPolicyOf, textsOn, type StoredPolicy } from "../iam/stored-policy";
import type { Network } from "../network/network";
import type { WebIdentity } from "../server/data-plane";
import type { CheckedCaller } from "./caller";
import { requestContextOf, unknownKeyIn, type RequestOrigin } from "./request-context";
import { authorizationResultOf, type AuthorizationResult } from "./authorization-result";

export interface PolicyEvaluatorOptions {
  readonly network: Pick<Network, "facts">;
  readonly organization: Organization | undefined;
  readonly clock: () => number;
}

/** An authorization request: the action and resource that a caller asks for. */
export interface AuthorizationRequest {
  /** `service:Action`. */
  readonly action: string;
  /** ARN, or `*` for an action without one. */
  readonly resource: string;
  /** Condition keys that are specific to this action. */
  readonly context?: RequestContext;
  /** Policy of the resource, if it has one. */
  readonly resourcePolicy?: StoredPolicy | undefined;
}

/** The parameters of an AssumeRole call that describe the session. */
export type SessionRequest = Pick<
  AssumeRoleInput,
  "roleSessionName" | "externalId" | "sourceIdentity" | "tags" | "transitiveTagKeys"
>;

/** The request of a token's bearer to assume a role. */
export interface WebIdentityRequest {
  /** For logs. */
  readonly who: string;
  readonly identity: WebIdentity;
  readonly role: IamRole;
  readonly roleSessionName: string;
}

/** The actions that an AssumeRole call can need: tags and a source identity each need one more. */
const ASSUME_ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

export const WEB_IDENTITY_ACTION = "sts:AssumeRoleWithWebIdentity";

/**
 * Evaluates the policies of a call: the caller's own, the resource's, and that of the endpoint that it came through.
 *
 * Every method throws a PolicyError or RequestError where it cannot decide as AWS would.
 */
export class PolicyEvaluator {
  readonly #options: PolicyEvaluatorOptions;

  constructor(options: PolicyEvaluatorOptions) {
    this.#options = options;
  }

  async evaluate(
    origin: RequestOrigin,
    caller: CheckedCaller,
    request: AuthorizationRequest,
  ): Promise<AuthorizationResult> {
    const { action, resource, resourcePolicy } = request;
    const endpointPolicy = await this.#endpointPolicy(origin);
    const asked = policiesAsked(caller, endpointPolicy, resourcePolicy);
    requireKnownKeys(asked, [action]);
    const context = { ...this.#context(origin, caller), ...request.context };
    const decision = evaluateRequest({
      ...ownPolicies(caller),
      request: { principal: caller.principal, action, resource, context },
      endpointPolicy,
      resourcePolicy,
    });
    return authorizationResultOf({ who: caller.arn, action, actions: [action], resource }, decision, asked);
  }

  async assumeRole(
    origin: RequestOrigin,
    caller: CheckedCaller,
    role: IamRole,
    session: SessionRequest,
  ): Promise<AuthorizationResult> {
    const endpointPolicy = await this.#endpointPolicy(origin);
    const asked = policiesAsked(caller, endpointPolicy, role.trust);
    requireKnownKeys(asked, ASSUME_ACTIONS);
    const { action, actions, ...decision } = evaluateAssumeRole({
      ...ownPolicies(caller),
      ...session,
      caller: caller.principal,
      roleArn: role.arn,
      trustPolicy: role.trust,
      context: { ...this.#context(origin, caller), ...tagKeys(["aws", "iam"], role.tags) },
      endpointPolicy,
    });
    const request = {
      who: caller.arn,
      action,
      actions: actions.map((asking) => asking.action),
      resource: role.arn,
    };
    return authorizationResultOf(request, decision, asked);
  }

  /** A token has no identity policies: the role's trust policy and the endpoint policy decide. */
  async webIdentity(origin: RequestOrigin, request: WebIdentityRequest): Promise<AuthorizationResult> {
    const { who, identity, role, roleSessionName } = request;
    const endpointPolicy = await this.#endpointPolicy(origin);
    const asked = [role.trust, endpointPolicy].filter((policy) => policy !== undefined);
    requireKnownKeys(asked, [WEB_IDENTITY_ACTION]);
    const action = WEB_IDENTITY_ACTION;
    const context = {
      ...this.#context(origin, { context: identity.claims }),
      ...tagKeys(["aws", "iam"], role.tags),
      "sts:RoleSessionName": roleSessionName,
    };
    const principal = { type: "federated", provider: identity.provider } as const;
    const decision = evaluateRequest({
      identityPolicies: [],
      request: { principal, action, resource: role.arn, context },
      endpointPolicy,
      resourcePolicy: role.trust,
    });
    return authorizationResultOf({ who, action, actions: [action], resource: role.arn }, decision, asked);
  }

  #context(origin: RequestOrigin, caller: Pick<CheckedCaller, "context">): RequestContext {
    const { clock, organization } = this.#options;
    return { ...requestContextOf(origin, clock(), organization), ...caller.context };
  }

  /** An endpoint that no account here owns is treated as having AWS's default policy, which allows everything. */
  async #endpointPolicy({ region, endpoint }: RequestOrigin): Promise<StoredPolicy | undefined> {
    if (!endpoint) return undefined;
    const { endpoints } = await this.#options.network.facts(region);
    const found = endpoints.find(({ vpcEndpointId }) => vpcEndpointId === endpoint.vpcEndpointId);
    if (!found?.policy) return undefined;
    const kind = found.type === "Gateway" ? "gateway_endpoint" : "endpoint";
    return endpointPolicyOf(found.vpcEndpointId, found.policy, kind);
  }
}

/** A resource's tags as condition keys, under each prefix that AWS defines for them. */
export function tagKeys(prefixes: readonly string[], tags: ReadonlyMap<string, string>): RequestContext {
  const entries = prefixes.flatMap((prefix) =>
    [...tags].map(([key, value]) => [`${prefix}:ResourceTag/${key}`, value] as const),
  );
  return Object.fromEntries(entries);
}

type OwnPolicies = Pick<CheckedCaller, "identityPolicies" | "permissionBoundary" | "sessionPolicies">;

function ownPolicies({ identityPolicies, permissionBoundary, sessionPolicies }: CheckedCaller): OwnPolicies {
  return { identityPolicies, permissionBoundary, sessionPolicies };
}

function policiesAsked(
  caller: OwnPolicies,
  ...others: readonly (StoredPolicy | undefined)[]
): StoredPolicy[] {
  return [...ownPoliciesOf(caller), ...others].filter((policy) => policy !== undefined);
}

/** Every policy that limits or grants the caller's own rights. */
export function ownPoliciesOf(caller: OwnPolicies): StoredPolicy[] {
  const { identityPolicies, permissionBoundary, sessionPolicies } = caller;
  return [...identityPolicies, permissionBoundary, ...sessionPolicies].filter(
    (policy) => policy !== undefined,
  );
}

/**
 * Looks only at statements that apply to one of the actions, since the others do not affect the decision.
 *
 * @throws {RequestError} when such a statement tests a condition key whose value is not known
 */
function requireKnownKeys(policies: readonly StoredPolicy[], actions: readonly string[]): void {
  for (const action of actions) {
    const [service = ""] = action.split(":");
    // Most policies test no such key in any statement, and need not be compared statement by statement.
    for (const policy of policies.filter(({ text }) => unknownKeyIn(text, service) !== undefined)) {
      const key = textsOn(policy, action)
        .map((text) => unknownKeyIn(text, service))
        .find((found) => found !== undefined);
      if (key !== undefined)
        throw new RequestError(
          "unknown_condition_key",
          `the ${policy.kind} policy ${policy.name} tests ${key}, whose value the local AWS does not know`,
        );
    }
  }
}
