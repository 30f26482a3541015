import {
  evaluatePolicies,
  parsePolicy,
  PolicyError,
  RequestError,
  statementsNaming,
  type AuthorizationRequest,
  type Policy,
  type PolicyKind,
} from "@studio-access/policy";
import { Undecidable } from "@studio-access/policy/questions";
import type { Candidate } from "./candidate";
import { ownerOf, type Dimension } from "./dimensions";
import type { ComparedStatement, PolicyPair } from "./policy-statements";
import { isObject } from "./statement-fields";

/**
 * The statements that match, one bit each. `possible` also has those for which AWS's documentation leaves that open.
 */
export interface Signature {
  readonly certain: bigint;
  readonly possible: bigint;
}

/** Candidates that no statement distinguishes. */
export interface CandidateClass extends Signature {
  readonly first: Candidate;
  readonly all: readonly Candidate[];
}

function conditionsOf(raw: unknown, owns: ReadonlySet<string>): object {
  const operators = Object.entries(isObject(raw) ? raw : {}).map(([operator, keys]) => {
    const own = Object.entries(isObject(keys) ? keys : {}).filter(([key]) => owns.has(ownerOf(key)));
    return [operator, Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(operators.filter(([, keys]) => Object.keys(keys).length > 0));
}

function element(raw: ComparedStatement["raw"], name: string, own: boolean): object {
  const found = [name, `Not${name}`].find((one) => one in raw);
  return own && found !== undefined ? { [found]: raw[found] } : { [name]: "*" };
}

/** A statement reduced to the elements of one dimension. */
interface Facet {
  readonly whole: Policy;
  /** The same with any principal: where this does not match, `whole` does not match either. */
  readonly ofAnyone: () => Policy;
}

function facetOf(statement: ComparedStatement, kind: PolicyKind, { owns }: Dimension): Facet {
  // Few facets need it, and a policy takes time to parse.
  const ofAnyone = (): Policy =>
    policyOf({ ...statement, raw: { ...statement.raw, Principal: "*" } }, kind, owns);
  return { whole: policyOf(statement, kind, owns), ofAnyone };
}

const TAKES_PRINCIPAL: ReadonlySet<PolicyKind> = new Set([
  "resource",
  "trust",
  "endpoint",
  "gateway_endpoint",
]);

/** An Allow that tests nothing but the elements of the dimension. */
function policyOf({ raw, version }: ComparedStatement, kind: PolicyKind, owns: ReadonlySet<string>): Policy {
  const takesPrincipal = TAKES_PRINCIPAL.has(kind);
  const statement = {
    Effect: "Allow",
    ...element(raw, "Action", owns.has("action")),
    ...(kind === "trust" ? {} : element(raw, "Resource", owns.has("resource"))),
    ...(takesPrincipal ? element(raw, "Principal", owns.has("principal")) : {}),
    Condition: conditionsOf(raw["Condition"], owns),
  };
  return parsePolicy({ Version: version ?? "2008-10-17", Statement: statement }, { name: "facet", kind });
}

/** A request with this part, and neutral values for all other parts. */
export function requestOf(candidate: Candidate, account: string): AuthorizationRequest {
  const role = `arn:aws:iam::${account}:role/zz-any`;
  const resource = candidate.resource ?? (candidate.takes === "none" ? "*" : role);
  return {
    principal: candidate.principal ?? { type: "role_session", roleArn: role, sessionName: "zz-session" },
    action: candidate.action ?? (resource === "*" ? "sts:GetCallerIdentity" : "sts:AssumeRole"),
    resource,
    context: candidate.context ?? {},
  };
}

type Match = "yes" | "no" | "open";

function matchOf({ whole, ofAnyone }: Facet, request: AuthorizationRequest): Match {
  try {
    return evaluatePolicies([whole], request).outcome === "allow" ? "yes" : "no";
  } catch (error) {
    if (error instanceof PolicyError && error.code === "ambiguous_principal")
      return evaluatePolicies([ofAnyone()], request).outcome === "allow" ? "open" : "no";
    if (error instanceof PolicyError) return "open";
    if (error instanceof RequestError) throw new Undecidable(error.message);
    throw error;
  }
}

/** Where the statements test nothing but the action, no request needs to be evaluated. */
function namesAction({ whole }: Facet, { action = "" }: Candidate): Match {
  return statementsNaming(whole, action).length > 0 ? "yes" : "no";
}

function signatureOf(facets: readonly Facet[], match: (facet: Facet) => Match): Signature {
  let [certain, possible] = [0n, 0n];
  facets.forEach((facet, index) => {
    const found = match(facet);
    const bit = 1n << BigInt(index);
    if (found === "yes") certain |= bit;
    if (found !== "no") possible |= bit;
  });
  return { certain, possible };
}

/** Groups the candidates that no statement distinguishes. */
export function classesOf(
  dimension: Dimension,
  pair: PolicyPair,
  account: string,
): readonly CandidateClass[] {
  const facets = pair.statements.map((statement) => facetOf(statement, pair.kind, dimension));
  const ofActions = [...dimension.owns].join() === "action";
  const classes = new Map<string, { signature: Signature; all: Candidate[] }>();
  for (const candidate of dimension.candidates) {
    const request = ofActions ? undefined : requestOf(candidate, account);
    const signature = signatureOf(facets, (facet) =>
      request === undefined ? namesAction(facet, candidate) : matchOf(facet, request),
    );
    const asked = candidate.takes ?? (candidate.resource === "*" ? "every" : "one");
    const key = `${signature.certain} ${signature.possible} ${asked}`;
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { signature, all: [candidate] });
    else known.all.push(candidate);
  }
  return [...classes.values()].flatMap(({ signature, all }) => {
    const [first] = all;
    return first === undefined ? [] : [{ ...signature, first, all }];
  });
}
