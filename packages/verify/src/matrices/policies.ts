import {
  parsePolicy,
  PolicyError,
  RequestError,
  type Decision,
  type Policy,
  type PolicyKind,
} from "@studio-access/policy";

import type { PolicyText, RoleModel } from "../model/roles";
import { UNKNOWN, type Answer } from "./matrix";

/** Compiles each policy once, however many cells ask for it. */
export class PolicyShelf {
  readonly #compiled = new Map<PolicyKind, WeakMap<PolicyText, Policy>>();

  /** @throws {PolicyError} on a policy of which the answer would be a guess */
  policy(text: PolicyText, kind: PolicyKind): Policy {
    const ofKind = this.#compiled.get(kind) ?? new WeakMap<PolicyText, Policy>();
    this.#compiled.set(kind, ofKind);
    const known = ofKind.get(text);
    if (known !== undefined) return known;
    const compiled = parsePolicy(text.json, { name: text.name, kind });
    ofKind.set(text, compiled);
    return compiled;
  }

  /** The role's own policies and its boundary, as the evaluator takes them. */
  of(role: RoleModel): {
    readonly identityPolicies: readonly Policy[];
    readonly permissionBoundary?: Policy;
  } {
    const identityPolicies = role.identity.map((policy) => this.policy(policy, "identity"));
    if (role.boundary === undefined) return { identityPolicies };
    return { identityPolicies, permissionBoundary: this.policy(role.boundary, "boundary") };
  }
}

/** Everything is allowed: stands for whoever can write its own policies. */
export const ANYTHING: PolicyText = {
  name: "a policy that allows everything",
  json: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
};

/** An account that is none of ours. */
export const STRANGER = "999999999999";

/** What stands in the way of an answer for the role; undefined when nothing does. */
export function doubtAbout({ opaque }: RoleModel): Answer | undefined {
  if (opaque.length === 0) return undefined;
  return { outcome: UNKNOWN, reason: `what ${opaque.join(", ")} allows is not in the state` };
}

/** An answer that names why there is none, where the evaluator refuses to guess. */
export function orUnknown(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (error) {
    if (error instanceof PolicyError || error instanceof RequestError)
      return { outcome: UNKNOWN, reason: error.message };
    throw error;
  }
}

/** One line per policy that was looked at. */
export function trailOf({ trail }: Decision): readonly string[] {
  return trail.map(({ kind, outcome, statement }) =>
    statement === undefined ? `${kind}: ${outcome}` : `${kind}: ${outcome} by ${describe(statement)}`,
  );
}

export function reasonOf(decision: Decision): string {
  const { decidedBy, missing, allowed } = decision;
  if (decidedBy !== undefined) return `${allowed ? "allowed" : "denied"} by ${describe(decidedBy)}`;
  return missing === undefined ? "allowed without a policy" : `no ${missing} policy allows it`;
}

function describe({
  policy,
  index,
  sid,
}: {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
}): string {
  return `${policy}, statement ${sid ?? index}`;
}
