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
import { circumstancesOf, unknownKeyIn, type Way } from "./circumstances";
import { findingOf, type Finding } from "./finding";

export interface JudgeOptions {
  readonly network: Pick<Network, "facts">;
  readonly organization: Organization | undefined;
  readonly clock: () => number;
}

/** What a caller wants to do. */
export interface Question {
  /** `service:Action`. */
  readonly action: string;
  /** ARN, or `*` for an action without one. */
  readonly resource: string;
  /** What only this action knows. */
  readonly context?: RequestContext;
  /** Policy of the resource, if it has one. */
  readonly resourcePolicy?: StoredPolicy | undefined;
}

/** What an AssumeRole says of the session that it wants. */
export type SessionRequest = Pick<
  AssumeRoleInput,
  "roleSessionName" | "externalId" | "sourceIdentity" | "tags" | "transitiveTagKeys"
>;

/** What a token's bearer wants. */
export interface WebIdentityQuestion {
  /** For logs. */
  readonly who: string;
  readonly identity: WebIdentity;
  readonly role: IamRole;
  readonly roleSessionName: string;
}

/** What an AssumeRole can need, depending on what it says of the session. */
const ASSUME_ACTIONS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

export const WEB_IDENTITY_ACTION = "sts:AssumeRoleWithWebIdentity";

/**
 * Puts questions to the policies: the caller's, those of the resource, and that of the endpoint on the way.
 *
 * Every method throws a PolicyError or RequestError instead of guessing.
 */
export class Judge {
  readonly #options: JudgeOptions;

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  async request(way: Way, caller: CheckedCaller, question: Question): Promise<Finding> {
    const { action, resource, resourcePolicy } = question;
    const endpointPolicy = await this.#endpointPolicy(way);
    const asked = policiesAsked(caller, endpointPolicy, resourcePolicy);
    requireKnownKeys(asked, [action]);
    const context = { ...this.#context(way, caller), ...question.context };
    const decision = evaluateRequest({
      ...ownPolicies(caller),
      request: { principal: caller.principal, action, resource, context },
      endpointPolicy,
      resourcePolicy,
    });
    return findingOf({ who: caller.arn, action, actions: [action], resource }, decision, asked);
  }

  async assumeRole(
    way: Way,
    caller: CheckedCaller,
    role: IamRole,
    session: SessionRequest,
  ): Promise<Finding> {
    const endpointPolicy = await this.#endpointPolicy(way);
    const asked = policiesAsked(caller, endpointPolicy, role.trust);
    requireKnownKeys(asked, ASSUME_ACTIONS);
    const { action, actions, ...decision } = evaluateAssumeRole({
      ...ownPolicies(caller),
      ...session,
      caller: caller.principal,
      roleArn: role.arn,
      trustPolicy: role.trust,
      context: { ...this.#context(way, caller), ...tagKeys(["aws", "iam"], role.tags) },
      endpointPolicy,
    });
    const question = {
      who: caller.arn,
      action,
      actions: actions.map((asking) => asking.action),
      resource: role.arn,
    };
    return findingOf(question, decision, asked);
  }

  /** A token has no policies of its own: what the role's trust policy says decides, and the endpoint's on the way. */
  async webIdentity(way: Way, question: WebIdentityQuestion): Promise<Finding> {
    const { who, identity, role, roleSessionName } = question;
    const endpointPolicy = await this.#endpointPolicy(way);
    const asked = [role.trust, endpointPolicy].filter((policy) => policy !== undefined);
    requireKnownKeys(asked, [WEB_IDENTITY_ACTION]);
    const action = WEB_IDENTITY_ACTION;
    const context = {
      ...this.#context(way, { context: identity.claims }),
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
    return findingOf({ who, action, actions: [action], resource: role.arn }, decision, asked);
  }

  #context(way: Way, caller: Pick<CheckedCaller, "context">): RequestContext {
    const { clock, organization } = this.#options;
    return { ...circumstancesOf(way, clock(), organization), ...caller.context };
  }

  /** An endpoint that no account here has is a stranger's, who lets everything through it. */
  async #endpointPolicy({ region, endpoint }: Way): Promise<StoredPolicy | undefined> {
    if (!endpoint) return undefined;
    const { endpoints } = await this.#options.network.facts(region);
    const found = endpoints.find(({ vpcEndpointId }) => vpcEndpointId === endpoint.vpcEndpointId);
    return found?.policy ? endpointPolicyOf(found.vpcEndpointId, found.policy) : undefined;
  }
}

/** A resource's tags as condition keys, under each prefix that AWS has for them. */
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
 * Only statements that speak of an action can ask for what is not known of it.
 *
 * @throws {RequestError} when one does
 */
function requireKnownKeys(policies: readonly StoredPolicy[], actions: readonly string[]): void {
  for (const action of actions) {
    const [service = ""] = action.split(":");
    // Most policies ask for no such key in any statement.
    for (const policy of policies.filter(({ text }) => unknownKeyIn(text, service) !== undefined)) {
      const key = textsOn(policy, action)
        .map((text) => unknownKeyIn(text, service))
        .find((found) => found !== undefined);
      if (key !== undefined)
        throw new RequestError(
          "unknown_condition_key",
          `the ${policy.kind} policy ${policy.name} asks for ${key}, which the local AWS does not know of a request`,
        );
    }
  }
}
