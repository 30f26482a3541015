import { Undecidable } from "@studio-access/policy/questions";
import { isAsked, merge, type Candidate } from "./candidate";
import { dimensionsOf } from "./dimensions";
import type { PolicyPair } from "./policy-statements";
import { classesOf, type CandidateClass, type Signature } from "./signature";

/** Requests that no statement distinguishes, and one of them. */
export interface RequestClass extends Signature {
  readonly request: Candidate;
  /** The actions of these requests, the one of `request` first. */
  readonly actions: readonly string[];
}

const MOST_CLASSES = 50_000;

function extend(one: RequestClass, next: CandidateClass): RequestClass | undefined {
  if (!isAsked({ ...one.request, ...next.first })) return undefined;
  return {
    request: merge(one.request, next.first),
    actions: one.actions,
    certain: one.certain & next.certain,
    possible: one.possible & next.possible,
  };
}

function toStart({ first, all, certain, possible }: CandidateClass): RequestClass {
  const actions = [...new Set(all.flatMap(({ action }) => (action === undefined ? [] : [action])))];
  return { request: first, actions, certain, possible };
}

function keyOf({ certain, possible, request }: RequestClass): string {
  const resource = request.resource === undefined ? "" : request.resource === "*" ? "*" : "one";
  return `${certain} ${possible} ${request.takes ?? ""} ${resource}`;
}

/**
 * Every class of requests that is matched by a statement of one version only. For all other requests both versions
 * decide alike.
 *
 * @throws {Undecidable} when there are too many
 */
export function requestClasses(pair: PolicyPair, account: string): readonly RequestClass[] {
  let changed = 0n;
  pair.statements.forEach(({ inBefore, inAfter }, index) => {
    if (inBefore !== inAfter) changed |= 1n << BigInt(index);
  });
  const [actions = [], ...rest] = dimensionsOf(pair, account).map((one) => classesOf(one, pair, account));
  let found: readonly RequestClass[] = actions.map(toStart);
  for (const classes of rest) {
    const next = new Map<string, RequestClass>();
    for (const one of found) {
      for (const candidates of classes) {
        const extended = extend(one, candidates);
        if (extended === undefined || (extended.possible & changed) === 0n) continue;
        // Two classes that differ only in their actions may be equal from here on; both are kept, so that a report
        // names both.
        const key = `${keyOf(extended)} ${one.actions[0] ?? ""}`;
        if (!next.has(key)) next.set(key, extended);
      }
    }
    if (next.size > MOST_CLASSES) throw new Undecidable("it makes too many distinctions to go through");
    found = [...next.values()];
  }
  return found;
}
