import { ACCOUNT_ID } from "../arn";
import { statementsNaming } from "../could-allow";
import type { Decision } from "../decision";
import type { Policy } from "../document";
import type { Principal } from "../principal";
import type { RequestContext } from "../request";
import { followsFrom, requestValues, withKeys, type SentValue } from "./assigned";
import {
  comparisonsOf,
  fill,
  fillsOf,
  neededValues,
  textsOfElement,
  variablesIn,
  type Comparison,
  type Fills,
  type RawStatement,
} from "./elements";
import { choicesOf, isMultivalued, valuesOfKey } from "./key-values";
import { Undecidable } from "./undecidable";

/** Values of a condition key in a request; undefined: AWS does not send the key. */
type SentValues = readonly (string | undefined)[];

/** What AWS sends for a condition key that a question leaves open. */
export type KeyFacts =
  | {
      /** Of the values that the policies distinguish, those that a request can have, whoever makes it. */
      readonly possible: (distinguished: readonly string[]) => SentValues;
      /** Those of requests as they are meant. Each of them is possible as well. */
      readonly usual: (distinguished: readonly string[]) => SentValues;
    }
  /** One of these, whatever the policies distinguish; each of them is usual. */
  | { readonly exactly: SentValues };

/** A request with condition keys that are left open. */
export interface Question {
  /** Every policy that is evaluated. */
  readonly policies: readonly (Policy | undefined)[];
  readonly actions: readonly string[];
  readonly principal: Principal;
  readonly resource: string;
  /** The keys that the question states, in any case; undefined: the request has no such key. */
  readonly stated: Readonly<Record<string, SentValue>>;
  /** By key, in lower case; undefined: nothing is known of it. */
  readonly facts: (key: string) => KeyFacts | undefined;
  readonly decide: (principal: Principal, context: RequestContext) => Decision;
}

export interface Answer {
  /** Whether some possible request is allowed. */
  readonly allowed: boolean;
  /** Of an allowed request, if there is one; else of a usual one. */
  readonly decision: Decision;
  /** Where usual requests are not all decided like this one: the keys that were left open. */
  readonly depends: readonly string[];
  /** Of these, the keys of which nothing is known: whether it is allowed cannot be told. */
  readonly untold: readonly string[];
}

/** What statements test. */
interface Tested {
  readonly statements: readonly RawStatement[];
  readonly comparisons: readonly Comparison[];
  /** Condition keys and variables, in lower case. */
  readonly keys: readonly string[];
}

function testsOf(statements: readonly RawStatement[]): Tested {
  const comparisons = statements.flatMap(comparisonsOf);
  const variables = statements.flatMap(({ raw }) => variablesIn(JSON.stringify(raw)));
  const keys = new Set([...comparisons.map(({ key }) => key.toLowerCase()), ...variables]);
  return { statements, comparisons, keys: [...keys] };
}

const TESTED = new WeakMap<Policy, Map<string, Tested>>();

/** What those statements of a policy test that name some actions. */
function testedBy(policy: Policy, actions: readonly string[]): Tested {
  const ofPolicy = TESTED.get(policy) ?? new Map<string, Tested>();
  TESTED.set(policy, ofPolicy);
  const name = actions.join();
  const known = ofPolicy.get(name);
  if (known !== undefined) return known;
  const naming = new Set(actions.flatMap((action) => statementsNaming(policy, action)));
  const tested = testsOf(policy.statements.filter(({ index }) => naming.has(index)));
  ofPolicy.set(name, tested);
  return tested;
}

/** What several policies test together, and the values of their variables. */
interface TestedTogether extends Tested {
  readonly fills: () => Fills;
}

/** One policy meets a few others in a row; kept longer, the many that it meets in a large environment take memory. */
const MOST_TOGETHER = 8;
const TOGETHER = new WeakMap<Tested, { readonly all: readonly Tested[]; readonly found: TestedTogether }[]>();

function testedTogether(all: readonly Tested[]): TestedTogether {
  const [first] = all;
  const known = (first && TOGETHER.get(first)) ?? [];
  const same = known.find(
    (one) => one.all.length === all.length && all.every((each, at) => each === one.all[at]),
  );
  if (same !== undefined) return same.found;
  const statements = all.flatMap((one) => one.statements);
  const comparisons = all.flatMap((one) => one.comparisons);
  const keys = [...new Set(all.flatMap((one) => one.keys))];
  let fills: Fills | undefined;
  const found = { statements, comparisons, keys, fills: () => (fills ??= fillsOf(statements)) };
  if (first !== undefined) TOGETHER.set(first, [{ all, found }, ...known.slice(0, MOST_TOGETHER - 1)]);
  return found;
}

const EVERY = {
  possible: (distinguished) => [undefined, ...distinguished],
  usual: (distinguished) => [undefined, ...distinguished],
} satisfies KeyFacts;

const MOST_REQUESTS = 4_000;

/** An open key, with each of its values and whether that one is usual. */
interface OpenKey {
  readonly key: string;
  readonly values: readonly { readonly value: SentValue; readonly usual: boolean }[];
}

/**
 * Answers a question for every value that its open keys can have: one for each case that the policies distinguish.
 *
 * @throws {Undecidable} when there are too many cases
 */
export function answer(question: Question): Answer {
  const { policies, actions, principal, decide } = question;
  const stated = new Map(Object.entries(question.stated).map(([key, value]) => [key.toLowerCase(), value]));
  const tested = policies
    .flatMap((policy) => (policy === undefined ? [] : testedBy(policy, actions)))
    .filter((one) => one.keys.length > 0);
  const open = new Set<string>();
  for (const { keys } of tested)
    for (const key of keys)
      if (!stated.has(key) && !followsFrom(principal, key) && !isOwner(key, question.resource)) open.add(key);
  const request = withKeys(principal, {}, stated);
  if (open.size === 0) {
    const decision = decide(request.principal, request.context);
    return { allowed: decision.allowed, decision, depends: [], untold: [] };
  }
  const all = testedTogether(tested);
  let known: Fills | undefined;
  const fills = (): Fills => (known ??= fillsFor(question, all, stated));
  const keys = [...open].map((key) => openKey(key, all, fills, question.facts(key) ?? EVERY));
  return settle(question, keys, stated);
}

const OWNER = "aws:resourceaccount";

/** Whether the resource's ARN holds the key's value: the account that owns it. */
function isOwner(key: string, resource: string): boolean {
  return key === OWNER && ACCOUNT_ID.test(resource.split(":")[4] ?? "");
}

/** Decides the request for each combination of values. */
function settle(
  question: Question,
  keys: readonly OpenKey[],
  stated: ReadonlyMap<string, SentValue>,
): Answer {
  const count = keys.reduce((product, { values }) => product * values.length, 1);
  if (count > MOST_REQUESTS)
    throw new Undecidable(`${keys.map(({ key }) => key).join(", ")} make for ${count} different requests`);
  let [usualDecision, allowed, refused]: (Decision | undefined)[] = [];
  for (let number = 0; number < count; number++) {
    const sent = new Map(stated);
    let [rest, isUsual] = [number, true];
    for (const { key, values } of keys) {
      const chosen = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      sent.set(key, chosen?.value);
      isUsual &&= chosen?.usual === true;
    }
    const { principal, context } = withKeys(question.principal, {}, sent);
    const decision = question.decide(principal, context);
    if (decision.allowed) allowed ??= decision;
    if (isUsual) usualDecision ??= decision;
    if (isUsual && !decision.allowed) refused ??= decision;
  }
  const decision = allowed ?? usualDecision;
  if (decision === undefined) throw new RangeError("a question without a usual request");
  // Where a usual request is refused, and another one allowed.
  const depends = allowed !== undefined && refused !== undefined ? keys.map(({ key }) => key) : [];
  const untold = depends.filter((key) => question.facts(key) === undefined);
  return { allowed: allowed !== undefined, decision, depends, untold };
}

function openKey(key: string, tested: Tested, fills: () => Fills, facts: KeyFacts): OpenKey {
  if ("exactly" in facts) return { key, values: facts.exactly.map((value) => ({ value, usual: true })) };
  const { possible, usual } = facts;
  const compared = tested.comparisons.filter((one) => one.key.toLowerCase() === key);
  // A key that appears only as a variable is compared with nothing, but its value matters.
  const distinguished = valuesOfKey([...compared, { operator: "Null", key, values: [] }], fills());
  const usually = new Set(usual(distinguished));
  const values = [...new Set(possible(distinguished))];
  if (values.length === 0) return { key, values: [{ value: undefined, usual: true }] };
  const single = values.map((value) => ({ value, usual: usually.has(value) }));
  if (!isMultivalued(key)) return { key, values: single };
  const several = choicesOf(values.filter((value) => value !== undefined)).map((value) => ({
    value,
    usual: value.every((each) => usually.has(each)),
  }));
  return { key, values: [...single, ...several] };
}

/** The values of variables: the stated ones, and for open keys those with which a text equals what the request holds. */
function fillsFor(
  { principal, resource }: Question,
  { statements, comparisons, fills }: TestedTogether,
  stated: ReadonlyMap<string, SentValue>,
): Fills {
  const resources = textsOfElement(statements, "Resource").filter(isTemplate);
  const compared = comparisons.filter(({ values }) => values.some(isTemplate));
  if (resources.length + compared.length === 0) return fills();
  const values = new Map(requestValues(principal, stated));
  if (isOwner(OWNER, resource)) values.set(OWNER, resource.split(":")[4] ?? "");
  const all = new Map(fills());
  for (const [key, value] of values) if (all.has(key)) all.set(key, [value]);
  const pairs = [
    ...resources.map((text) => [text, resource] as const),
    ...compared.flatMap((one) => {
      const value = values.get(one.key.toLowerCase());
      return value === undefined ? [] : one.values.filter(isTemplate).map((text) => [text, value] as const);
    }),
  ];
  for (const [text, whole] of pairs) {
    const known = fill(text, values);
    if (new Set(variablesIn(known)).size > 1)
      throw new Undecidable(`"${text}" has several variables whose values are not known`);
    for (const [key, value] of neededValues(known, whole)) all.set(key, [...(all.get(key) ?? []), value]);
  }
  return all;
}

function isTemplate(text: string): boolean {
  return text.includes("${");
}
