import {
  evaluateRequest,
  type AuthorizationInput,
  type Decision,
  type Principal,
  type RequestContext,
} from "@studio-access/policy";
import { answer, Undecidable, type Answer } from "@studio-access/policy/questions";

import { factsOf, type Facts } from "./known-keys";

/** What a request is known to hold besides its principal, its action and its resource. */
export interface Circumstances {
  /** Keys with one value; undefined: AWS does not send the key. */
  readonly stated: Readonly<Record<string, string | undefined>>;
  /** What may be sent for other keys, by key in lower case. */
  readonly facts: Facts;
}

/** Circumstances together; the later ones replace those before. */
export function together(...all: readonly Circumstances[]): Circumstances {
  return {
    stated: Object.assign({}, ...all.map(({ stated }) => stated)) as Circumstances["stated"],
    facts: Object.assign({}, ...all.map(({ facts }) => facts)) as Facts,
  };
}

/** Policies, as {@link evaluateRequest} takes them, and one request. */
export interface Asked extends Omit<AuthorizationInput, "request"> {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly circumstances: Circumstances;
}

/** Whether a request is allowed, for every value of the keys that it leaves open. */
export function ask({ principal, action, resource, circumstances, ...policies }: Asked): Answer {
  return askBy(circumstances, {
    policies: policiesIn(policies),
    actions: [action],
    principal,
    resource,
    decide: (caller, context) =>
      evaluateRequest({ ...policies, request: { principal: caller, action, resource, context } }),
  });
}

interface Evaluation {
  readonly policies: Parameters<typeof answer>[0]["policies"];
  readonly actions: readonly string[];
  readonly principal: Principal;
  readonly resource: string;
  readonly decide: (principal: Principal, context: RequestContext) => Decision;
}

/** @throws {Undecidable} when the answer depends on a condition key of which nothing is known */
export function askBy({ stated, facts }: Circumstances, evaluation: Evaluation): Answer {
  const found = answer({ ...evaluation, stated, facts: factsOf(facts) });
  if (found.untold.length > 0)
    throw new Undecidable(`it depends on ${found.untold.join(", ")}, of which the state tells nothing`);
  return found;
}

export function policiesIn({
  identityPolicies,
  permissionBoundary,
  endpointPolicy,
  resourcePolicy,
}: Omit<AuthorizationInput, "request">): Evaluation["policies"] {
  return [...identityPolicies, permissionBoundary, endpointPolicy, resourcePolicy];
}

/** The outcome, marked where a request that is meant might be refused: such an outcome is never expected. */
export function marked(outcome: string, answers: readonly Answer[]): string {
  const keys = [...new Set(answers.flatMap(({ depends }) => depends))];
  return keys.length === 0 ? outcome : `${outcome}, depending on ${keys.join(", ")}`;
}
