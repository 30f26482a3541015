import {
  evaluatePolicies,
  PolicyError,
  type Policy,
  type PolicyKind,
  type Principal,
  type Verdict,
} from "@studio-access/policy";
import { Undecidable } from "@studio-access/policy/questions";
import { readPair, type ComparedStatement, type NamedDocument, type PolicyPair } from "./policy-statements";
import { requestClasses, type RequestClass } from "./request-classes";
import { requestOf } from "./signature";
import { sayActions, sayRest } from "./wording";

/** Kinds of policies that can get wider. */
export type ComparedKind = Extract<
  PolicyKind,
  "identity" | "boundary" | "resource" | "trust" | "endpoint" | "gateway_endpoint"
>;

/** Requests of one class that the change newly allows. */
export interface NewGrant {
  /**
   * `allowed`: was refused, is now allowed; `deny_lifted`: was denied by these policies, is now left to other policies.
   */
  readonly change: "allowed" | "deny_lifted";
  /** The actions of the class, an example first. */
  readonly actions: readonly string[];
  /** One sentence without a full stop. */
  readonly text: string;
  /** One of these requests, with the parts that the policies test. */
  readonly example: GrantedRequest;
}

interface GrantedRequest {
  readonly principal: Principal | undefined;
  readonly resource: string | undefined;
  /** Set where the policies distinguish the account of the resource. */
  readonly resourceAccount: string | undefined;
}

export type Widening =
  | { readonly outcome: "not-wider" }
  | { readonly outcome: "wider"; readonly grants: readonly NewGrant[] }
  /** The policy may be wider; this must not be treated as "not wider". */
  | { readonly outcome: "undecided"; readonly reasons: readonly string[] };

export interface WideningOptions {
  /** Account that the policy is in, 12 digits. Default: an example account. */
  readonly account?: string;
}

// The account that AWS's documentation uses; no policy of ours names it.
const SOME_ACCOUNT = "123456789012";

const EVERYTHING = { Effect: "Allow", Action: "*", Resource: "*" };

/**
 * The policy that applies where there is none: an endpoint of either kind lets everything through, a missing boundary limits
 * nothing.
 */
const IN_ITS_ABSENCE: Readonly<Record<ComparedKind, object | undefined>> = {
  identity: undefined,
  resource: undefined,
  trust: undefined,
  boundary: EVERYTHING,
  endpoint: { ...EVERYTHING, Principal: "*" },
  gateway_endpoint: { ...EVERYTHING, Principal: "*" },
};

type Outcome = Verdict["outcome"];

const RANK: Readonly<Record<Outcome, number>> = { deny: 0, silent: 1, allow: 2 };

/** Kinds that must allow a request by themselves: a missing Allow refuses it just as a Deny does. */
const MUST_ALLOW: ReadonlySet<PolicyKind> = new Set(["trust", "endpoint", "gateway_endpoint", "boundary"]);

function rises(before: Outcome, after: Outcome, kind: PolicyKind): boolean {
  if (RANK[after] <= RANK[before]) return false;
  return after === "allow" || !MUST_ALLOW.has(kind);
}

function outcomeOf(
  statements: readonly ComparedStatement[],
  matching: bigint,
  side: "inBefore" | "inAfter",
): Outcome {
  const own = statements.filter((one, index) => one[side] && (matching & (1n << BigInt(index))) !== 0n);
  if (own.some(({ effect }) => effect === "Deny")) return "deny";
  return own.length > 0 ? "allow" : "silent";
}

function risesFor({ statements, kind }: PolicyPair, matching: bigint): boolean {
  return rises(outcomeOf(statements, matching, "inBefore"), outcomeOf(statements, matching, "inAfter"), kind);
}

/** Every combination of matches for the statements for which AWS leaves the match open. */
function readings({ certain, possible }: RequestClass): readonly bigint[] {
  let found = [certain];
  for (let bit = 1n; bit <= possible; bit <<= 1n) {
    if ((possible & ~certain & bit) === 0n) continue;
    if (found.length > 64) throw new Undecidable("AWS leaves too much open about what it says");
    found = found.flatMap((mask) => [mask, mask | bit]);
  }
  return found;
}

function judge(policies: readonly Policy[], request: RequestClass, account: string): Outcome {
  const [first, ...rest] = policies;
  if (first === undefined) return "silent";
  return evaluatePolicies([first, ...rest], requestOf(request.request, account)).outcome;
}

/** Confirms by evaluation that a class that looks wider is wider. */
function isConfirmed({ before, after, kind }: PolicyPair, found: RequestClass, account: string): boolean {
  return rises(judge(before, found, account), judge(after, found, account), kind);
}

type Judged = "wider" | "same" | "open";

function judgeClass(pair: PolicyPair, found: RequestClass, account: string): Judged {
  const answers = readings(found).map((mask) => risesFor(pair, mask));
  if (!answers.includes(true)) return "same";
  if (answers.includes(false)) return "open";
  if (found.certain !== found.possible) return "wider";
  if (isConfirmed(pair, found, account)) return "wider";
  throw new Undecidable("its statements depend on each other in a way that is not gone through here");
}

function exampleOf({ request }: RequestClass): GrantedRequest {
  const { principal, resource, context, words } = request;
  const stated = context?.["aws:ResourceAccount"] ?? resource?.split(":")[4];
  const looked = "aws:ResourceAccount" in (words.conditions ?? {}) && typeof stated === "string";
  return { principal, resource, resourceAccount: looked ? stated : undefined };
}

type Group = Pick<NewGrant, "change" | "example"> & { readonly actions: Set<string> };

/** Merges the classes that differ in nothing but their actions. */
function grantsOf({ statements }: PolicyPair, classes: readonly RequestClass[]): readonly NewGrant[] {
  const groups = new Map<string, Group>();
  for (const found of classes) {
    const before = outcomeOf(statements, found.certain, "inBefore");
    const after = outcomeOf(statements, found.certain, "inAfter");
    const rest = sayRest(found, statements, [before, after]);
    const change = after === "allow" ? "allowed" : "deny_lifted";
    const group = groups.get(rest) ?? { change, example: exampleOf(found), actions: new Set<string>() };
    for (const action of found.actions) group.actions.add(action);
    groups.set(rest, group);
  }
  return [...groups].map(([rest, group]) => {
    const actions = [...group.actions];
    return { ...group, actions, text: sayActions(actions, statements) + rest };
  });
}

function compare(pair: PolicyPair, account: string): Widening {
  if (pair.statements.every(({ inBefore, inAfter }) => inBefore === inAfter)) return { outcome: "not-wider" };
  const judged = requestClasses(pair, account).map((found) => ({
    found,
    answer: judgeClass(pair, found, account),
  }));
  const wider = judged.filter(({ answer }) => answer === "wider").map(({ found }) => found);
  if (wider.length > 0) return { outcome: "wider", grants: grantsOf(pair, wider) };
  const isOpen = judged.some(({ answer }) => answer === "open");
  return isOpen
    ? { outcome: "undecided", reasons: ["AWS leaves open whether it matches some requests"] }
    : { outcome: "not-wider" };
}

function orDefault(documents: readonly NamedDocument[], kind: ComparedKind): readonly NamedDocument[] {
  const fallback = IN_ITS_ABSENCE[kind];
  if (documents.length > 0 || fallback === undefined) return documents;
  const name = kind === "boundary" ? "no boundary" : "the default policy";
  return [{ name, document: { Version: "2012-10-17", Statement: [fallback] } }];
}

/**
 * Whether a policy, or all policies of one kind with one target, allow more than before. Requests are built from both
 * versions (one for each case that a statement distinguishes, and for the case that none of them names), and each is
 * evaluated against both.
 *
 * The policies are evaluated on their own. Whether another policy refuses the request does not count, nor does the way
 * in which they allow it (by naming the account or the role).
 *
 * @param before all documents; none: there was no such policy
 */
export function widening(
  before: readonly NamedDocument[],
  after: readonly NamedDocument[],
  kind: ComparedKind,
  { account = SOME_ACCOUNT }: WideningOptions = {},
): Widening {
  try {
    return compare(readPair(orDefault(before, kind), orDefault(after, kind), kind), account);
  } catch (error) {
    if (error instanceof PolicyError || error instanceof Undecidable)
      return { outcome: "undecided", reasons: [error.message] };
    throw error;
  }
}
