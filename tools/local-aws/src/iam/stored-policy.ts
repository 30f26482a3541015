import { parsePolicy, statementsNaming, type Policy, type PolicyKind } from "@studio-access/policy";

/** A compiled policy with its text. */
export interface StoredPolicy extends Policy {
  /** JSON. */
  readonly text: string;
}

/** @throws {PolicyError} when the policy holds an element that cannot be evaluated as AWS would */
export function compile(text: string, kind: PolicyKind, name: string): StoredPolicy {
  return { ...parsePolicy(text, { kind, name }), text };
}

/** The statements that apply to an action, as JSON; conditions of the other statements do not affect it. */
export function textsOn(policy: StoredPolicy, action: string): readonly string[] {
  const { Statement } = JSON.parse(policy.text) as { readonly Statement: unknown };
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return statementsNaming(policy, action).map((index) => JSON.stringify(statements[index]));
}

/** Compiled endpoint policies, by endpoint and text, since every request through an endpoint needs its policy. */
const endpointPolicies = new Map<string, StoredPolicy>();

/** The policy of a VPC endpoint, with the endpoint's id as its name. An account in a gateway endpoint's is its root user. */
export function endpointPolicyOf(
  vpcEndpointId: string,
  text: string,
  kind: "endpoint" | "gateway_endpoint" = "endpoint",
): StoredPolicy {
  const key = `${vpcEndpointId}\n${text}`;
  const policy = endpointPolicies.get(key) ?? compile(text, kind, vpcEndpointId);
  endpointPolicies.set(key, policy);
  return policy;
}
