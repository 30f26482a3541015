import { NotModelled } from "@studio-access/network";
import {
  parsePolicy,
  PolicyError,
  RequestError,
  type Decision,
  type Policy,
  type PolicyKind,
} from "@studio-access/policy";
import { Undecidable } from "@studio-access/policy/questions";

import type { Config } from "@studio-access/config";
import { expectedRoles } from "../expect/roles";
import type { PolicyText, RoleModel } from "../model/roles";
import { UNKNOWN, type CellResult } from "./matrix";

/** A role's own policies and its boundary, as the evaluator takes them. */
export interface RolePolicies {
  readonly identityPolicies: readonly Policy[];
  readonly permissionBoundary?: Policy;
}

/** A column asks for a few policies, and hardly any other column for the same ones: more would only take memory. */
const MOST_COMPILED = 500;

/** Compiles each policy once, however many cells of a column ask for it. */
export class PolicyCache {
  readonly #compiled = new Map<PolicyText, Partial<Record<PolicyKind, Policy>>>();

  /** @throws {PolicyError} on a policy that the evaluator does not fully know */
  policy(text: PolicyText, kind: PolicyKind): Policy {
    const known = this.#compiled.get(text)?.[kind];
    if (known !== undefined) return known;
    const compiled = parsePolicy(text.json, { name: text.name, kind });
    if (this.#compiled.size >= MOST_COMPILED) this.#compiled.clear();
    this.#compiled.set(text, { ...this.#compiled.get(text), [kind]: compiled });
    return compiled;
  }

  of(role: RoleModel): RolePolicies {
    const identityPolicies = role.identity.map((policy) => this.policy(policy, "identity"));
    if (role.boundary === undefined) return { identityPolicies };
    return { identityPolicies, permissionBoundary: this.policy(role.boundary, "boundary") };
  }
}

/** Allows everything, as the policy of an administrator does. */
export const ANYTHING: PolicyText = {
  name: "a policy that allows everything",
  json: JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }),
};

/** An account that the config does not name. */
export const FOREIGN_ACCOUNT = "999999999999";

/** Evaluates cells for roles, also for those with attached policies whose text the state does not hold. */
export class RolePermissions {
  readonly cache: PolicyCache;
  readonly #configured: ReadonlyMap<string, readonly string[]>;

  constructor(config: Config, cache: PolicyCache) {
    this.cache = cache;
    this.#configured = new Map(expectedRoles(config).map(({ arn, policies }) => [arn, policies]));
  }

  /**
   * Evaluates a cell for a role. A policy that the config attaches from outside the state may allow anything, so the cell
   * is evaluated without it and with one that allows everything; where the outcomes differ, the result is unproven. A
   * policy that neither the state holds nor the config names makes the outcome unknown.
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

/** Errors that say what cannot be told, of a policy, a request or a network. */
const REFUSALS = [PolicyError, RequestError, Undecidable, NotModelled];

/** Turns a refusal to decide, because of a policy, of a network or of what is not known of the request, into the outcome {@link UNKNOWN}, with the refusal as its reason. */
export function orUnknown(ask: () => CellResult): CellResult {
  try {
    return ask();
  } catch (error) {
    if (REFUSALS.some((refusal) => error instanceof refusal) && error instanceof Error)
      return { outcome: UNKNOWN, reason: error.message };
    throw error;
  }
}

/** One line per kind of policy that the decision took into account. */
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
