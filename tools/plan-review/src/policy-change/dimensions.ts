import {
  choicesOf,
  comparisonsOf,
  fillsOf,
  isMultivalued,
  principalsFor,
  Undecidable,
  valuesOfKey,
  variablesIn,
  type Comparison,
  type Fills,
} from "@studio-access/policy/questions";
import { actionCandidates } from "./action-candidates";
import { merge, type Candidate } from "./candidate";
import type { ComparedStatement, PolicyPair } from "./policy-statements";
import { resourceCandidates } from "./resource-candidates";
import { listOf } from "./statement-fields";

/** `action`, `principal`, `resource`, or a condition key in lower case. */
export type DimensionName = string;

/** Parts of requests that are chosen together, and the elements of a statement that test them. */
export interface Dimension {
  readonly owns: ReadonlySet<DimensionName>;
  readonly candidates: readonly Candidate[];
}

const MOST_CANDIDATES = 20_000;

// Keys whose value follows from the principal or the resource; a variable would have to be filled with the same value.
const FIXED_KEYS =
  /^aws:(userid|principalaccount|principalarn|principaltype|principalorgpaths|principalservicename|resourceaccount)$/;
const PRINCIPAL_KEYS =
  /^aws:(principal(arn|account|orgid|orgpaths|type|isawsservice|servicename|servicenameslist)|principaltag\/.*|userid|username|sourceidentity)$/;

/** The dimension that decides a condition key's value. */
export function ownerOf(key: string): DimensionName {
  const lower = key.toLowerCase();
  if (PRINCIPAL_KEYS.test(lower)) return "principal";
  return lower === "aws:resourceaccount" ? "resource" : lower;
}

function absentOf(key: string): Candidate {
  return { words: { conditions: { [key]: `without ${key}` } } };
}

function keyCandidates(comparisons: readonly Comparison[], key: string, fills: Fills): readonly Candidate[] {
  const values = valuesOfKey(comparisons, fills);
  const single = values.map((value): Candidate => {
    return { context: { [key]: value }, words: { conditions: { [key]: `with ${key} "${value}"` } } };
  });
  if (!isMultivalued(key)) return [absentOf(key), ...single];
  const several = choicesOf(values).map((all): Candidate => {
    const words = `with ${key} ${all.map((value) => `"${value}"`).join(" and ")}`;
    return { context: { [key]: all }, words: { conditions: { [key]: words } } };
  });
  return [absentOf(key), ...single, ...several];
}

function variablesOf(statements: readonly ComparedStatement[]): readonly string[] {
  const found = [...new Set(statements.flatMap(({ raw }) => variablesIn(JSON.stringify(raw))))];
  const fixed = found.find((key) => FIXED_KEYS.test(key));
  if (fixed !== undefined) throw new Undecidable(`the variable ${fixed} is not filled in here`);
  return found;
}

function keyDimensions({ statements }: PolicyPair): readonly Dimension[] {
  const variables = variablesOf(statements).map((key): Comparison => ({ operator: "Null", key, values: [] }));
  const comparisons = [...statements.flatMap(comparisonsOf), ...variables];
  const fills = fillsOf(statements);
  const keys = new Map(comparisons.map(({ key }) => [key.toLowerCase(), key]));
  return [...keys]
    .filter(([lower]) => ownerOf(lower) === lower)
    .map(([lower, key]) => {
      const own = comparisons.filter((one) => one.key.toLowerCase() === lower);
      return { owns: new Set([lower]), candidates: keyCandidates(own, key, fills) };
    });
}

/**
 * Dimensions that a policy variable connects: the one that supplies its value, and the one whose pattern contains it.
 */
function ties({ statements }: PolicyPair): readonly (readonly DimensionName[])[] {
  return statements.flatMap((statement) => {
    const { raw } = statement;
    const resources = [...listOf(raw["Resource"]), ...listOf(raw["NotResource"])].map(String);
    const inResources = resources.flatMap(variablesIn).map((key) => [ownerOf(key), "resource"]);
    const inConditions = comparisonsOf(statement).flatMap(({ key, values }) =>
      values.flatMap(variablesIn).map((variable) => [ownerOf(variable), ownerOf(key)]),
    );
    return [...inResources, ...inConditions];
  });
}

function product(left: Dimension, right: Dimension): Dimension {
  if (left.candidates.length * right.candidates.length > MOST_CANDIDATES)
    throw new Undecidable("its variables make for too many combinations");
  return {
    owns: new Set([...left.owns, ...right.owns]),
    candidates: left.candidates.flatMap((one) => right.candidates.map((other) => merge(one, other))),
  };
}

function tie(dimensions: readonly Dimension[], names: readonly DimensionName[]): readonly Dimension[] {
  const tied = dimensions.filter(({ owns }) => names.some((name) => owns.has(name)));
  const [first, ...rest] = tied;
  if (first === undefined || rest.length === 0) return dimensions;
  return [...dimensions.filter((dimension) => !tied.includes(dimension)), rest.reduce(product, first)];
}

function principalCandidates({ kind, statements }: PolicyPair, account: string): readonly Candidate[] {
  return principalsFor(kind, statements, account).map(({ principal, words }) => ({
    principal,
    words: { principal: words },
  }));
}

/**
 * The dimensions of the requests to compare, taken from both versions of a policy: the action first, then the rest. A
 * value of one dimension can be combined with any value of the others.
 *
 * @throws {Undecidable} when such combinations would leave requests out
 */
export function dimensionsOf(pair: PolicyPair, account: string): readonly Dimension[] {
  const action = { owns: new Set(["action"]), candidates: actionCandidates(pair) };
  const others = [
    { owns: new Set(["principal"]), candidates: principalCandidates(pair, account) },
    { owns: new Set(["resource"]), candidates: resourceCandidates(pair, account) },
    ...keyDimensions(pair),
  ];
  return [action, ...ties(pair).reduce<readonly Dimension[]>(tie, others)];
}
