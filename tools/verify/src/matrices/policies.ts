import {
  parsePolicy,
  PolicyError,
  RequestError,
  type Decision,
  type Policy,
  type PolicyKind,
} from "@studio-access/policy";

import type { Config } from "@studio-access/config";
import { expectedRoles } from "../expect/roles";
import type { PolicyText, RoleModel } from "../model/roles";
import { UNKNOWN, type CellResult } from "./matrix";

/** A role's own policies and its boundary, as the evaluator takes them. */
export interface RolePolicies {
  readonly identityPolicies: readonly Policy[];
  readonly permissionBoundary?: Policy;
}

/** Compiles each policy once, however many cells ask for it. */
export class PolicyCache {
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

  of(role: RoleModel): RolePolicies {
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
export const FOREIGN_ACCOUNT = "999999999999";

/** Asks on behalf of roles, and knows which of their policies the state does not hold. */
export class RolePermissions {
  readonly cache: PolicyCache;
  readonly #configured: ReadonlyMap<string, readonly string[]>;

  constructor(config: Config, cache: PolicyCache) {
    this.cache = cache;
    this.#configured = new Map(expectedRoles(config).map(({ arn, policies }) => [arn, policies]));
  }

  /**
   * The answer for a role, from what the state holds of its policies. What the config attaches from outside the state may
   * allow anything that nothing else denies: where that would make another answer, this one says so. A policy that
   * neither the state holds nor the config names leaves no answer at all.
   */
  evaluate(role: RoleModel, evaluateWith: (policies: RolePolicies) => CellResult): CellResult {
    const { opaque } = role;
    const configured = this.#configured.get(role.arn) ?? [];
    const unnamed = opaque.filter((arn) => !configured.includes(arn));
    if (unnamed.length > 0)
      return { outcome: UNKNOWN, reason: `what ${unnamed.join(", ")} allows is not in the state` };
    const own = this.cache.of(role);
    const answer = evaluateWith(own);
    if (opaque.length === 0) return answer;
    const anything = this.cache.policy(ANYTHING, "identity");
    const most = evaluateWith({ ...own, identityPolicies: [...own.identityPolicies, anything] });
    if (most.outcome === answer.outcome) return answer;
    const unproven = `what ${opaque.join(", ")} allows is not in the state: at the most "${most.outcome}"`;
    return { ...answer, unproven };
  }
}

/** An answer that names why there is none, where the evaluator refuses to guess. */
export function orUnknown(ask: () => CellResult): CellResult {
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
