/**
 * Where a policy is attached. It determines which elements a statement must and must not have, and how an Allow counts.
 *
 * - `identity`: inline or managed policy of a user or role
 * - `boundary`: permissions boundary of a user or role
 * - `session`: passed when a role was assumed
 * - `scp`, `rcp`: service and resource control policies of AWS Organizations
 * - `resource`: attached to a resource (a REST API, a bucket, a key)
 * - `trust`: a role's trust policy, which names who may assume it
 * - `endpoint`: attached to an interface endpoint
 * - `gateway_endpoint`: attached to a gateway endpoint, whose policy can name no principal but everyone and root users
 * - `authorizer`: returned by a Lambda authorizer of API Gateway
 */
export type PolicyKind =
  | "identity"
  | "boundary"
  | "session"
  | "scp"
  | "rcp"
  | "resource"
  | "trust"
  | "endpoint"
  | "gateway_endpoint"
  | "authorizer";

/** Elements that a statement of a kind must (`required`) and must not (`forbidden`) have. */
export interface KindRules {
  readonly principal: "required" | "forbidden";
  readonly resource: "required" | "forbidden";
  /** Whether IAM stores the policy: then a Sid may hold letters and digits only. */
  readonly plainSid: boolean;
}

const attachedToPrincipal: KindRules = { principal: "forbidden", resource: "required", plainSid: true };
const attachedToResource: KindRules = { principal: "required", resource: "required", plainSid: false };

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html, notes. */
export const RULES: Readonly<Record<PolicyKind, KindRules>> = {
  identity: attachedToPrincipal,
  boundary: attachedToPrincipal,
  session: attachedToPrincipal,
  scp: attachedToPrincipal,
  rcp: attachedToResource,
  resource: attachedToResource,
  // A trust policy applies to the role it is attached to, and IAM refuses a Resource in it.
  trust: { principal: "required", resource: "forbidden", plainSid: true },
  endpoint: attachedToResource,
  gateway_endpoint: attachedToResource,
  authorizer: { ...attachedToPrincipal, plainSid: false },
};
