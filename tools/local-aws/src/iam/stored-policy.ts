import { parsePolicy, statementsNaming, type Policy, type PolicyKind } from "@studio-access/policy";

/** A compiled policy, with the text that it was made of. */
export interface StoredPolicy extends Policy {
  /** JSON. */
  readonly text: string;
}

/** @throws {PolicyError} when it holds something of which the answer would be a guess */
export function compile(text: string, kind: PolicyKind, name: string): StoredPolicy {
  return { ...parsePolicy(text, { kind, name }), text };
}

/** The statements that speak of an action, as JSON: what the others ask for does not matter to it. */
export function textsOn(policy: StoredPolicy, action: string): readonly string[] {
  const { Statement } = JSON.parse(policy.text) as { readonly Statement: unknown };
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return statementsNaming(policy, action).map((index) => JSON.stringify(statements[index]));
}

/** Compiled endpoint policies, by endpoint and text: every request through an endpoint asks for its policy. */
const endpointPolicies = new Map<string, StoredPolicy>();

/** The policy of a VPC endpoint, named after it. */
export function endpointPolicyOf(vpcEndpointId: string, text: string): StoredPolicy {
  const key = `${vpcEndpointId}\n${text}`;
  const policy = endpointPolicies.get(key) ?? compile(text, "endpoint", vpcEndpointId);
  endpointPolicies.set(key, policy);
  return policy;
}
