/*
 * A second evaluator, written from AWS's documentation alone and without code of the library, to judge the same requests. It
 * reads policies as JSON, checks nothing and is slow: only well-formed policies may be given to it.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
import type { Principal } from "../principal";
import {
  conditionHolds,
  list,
  patterns,
  type Note,
  type NaiveContext,
  type Reading,
} from "./naive-condition";
import { callerOf, contextOf, namingOf, Unknown, type Caller, type Naming } from "./naive-principal";

export type { Note } from "./naive-condition";

/** One statement, as JSON. */
export type NaiveStatement = Readonly<Record<string, unknown>>;

/** A policy, as JSON. */
export interface NaivePolicy {
  readonly Version?: string;
  readonly Statement: readonly NaiveStatement[];
}

/** A request and every policy that applies to it. */
export interface NaiveRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  readonly identity: readonly NaivePolicy[];
  readonly boundary?: NaivePolicy;
  readonly session: readonly NaivePolicy[];
  readonly endpoint?: { readonly type: "interface" | "gateway"; readonly policy: NaivePolicy };
  /** `trust` when the resource is a role. */
  readonly resourcePolicy?: { readonly type: "trust" | "other"; readonly policy: NaivePolicy };
  readonly scps?: readonly (readonly NaivePolicy[])[];
  readonly rcps?: readonly (readonly NaivePolicy[])[];
}

/** `unknown`: the documentation does not say. */
export type NaiveAnswer = "allowed" | "explicit_deny" | "implicit_deny" | "unknown";

function actionMatches(text: string, action: string): boolean {
  const source = text.replace(/\*/g, ".*").replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "i").test(action);
}

/** Part by part; an ARN that ends early with a `*` stands for everything that begins so. */
function resourceMatches(text: string, resource: string, reading: Reading): boolean {
  if (text === "*") return true;
  const found = patterns(text, { wildcards: true, parts: 6 }, reading);
  const [a = "", b = "", c = "", d = "", e = "", ...rest] = resource.split(":");
  const parts = [a, b, c, d, e, rest.join(":")];
  return resource !== "*" && found?.every((pattern, index) => pattern.test(parts[index] ?? "")) === true;
}

interface Found {
  readonly deny: boolean;
  /** How the Allow statements name the caller, at its most direct. */
  readonly allow: Naming | undefined;
}

/** Judges one request: all statements of all policies, then the rules in the documentation's order. */
class NaiveEvaluation {
  readonly #caller: Caller;
  readonly #context: NaiveContext;

  constructor(
    readonly request: NaiveRequest,
    readonly note: Note,
  ) {
    this.#caller = callerOf(request.principal);
    this.#context = contextOf(request, this.#caller);
  }

  #applies(statement: NaiveStatement, reading: Reading, gateway: boolean): Naming | undefined {
    const { action, resource, principal } = this.request;
    const covers = (element: string, test: (text: string) => boolean): boolean => {
      const inverse = statement[`Not${element}`];
      if (inverse === undefined) return list(statement[element]).some(test);
      const covered = !list(inverse).some(test);
      this.note(`Not${element}: ${String(covered)}`);
      return covered;
    };
    if (!covers("Action", (text) => actionMatches(text, action))) return undefined;
    const named = statement["Principal"];
    const naming = named === undefined ? "direct" : namingOf(named, gateway, this.#caller, principal);
    if (naming === undefined) return undefined;
    const anyResource = statement["Resource"] === undefined && statement["NotResource"] === undefined;
    if (!anyResource && !covers("Resource", (text) => resourceMatches(text, resource, reading)))
      return undefined;
    const condition = statement["Condition"] as object | undefined;
    return condition === undefined || conditionHolds(condition, reading) ? naming : undefined;
  }

  #look(kind: string, policies: readonly NaivePolicy[], gateway = false): Found {
    const found = policies.flatMap(({ Version, Statement }) => {
      const reading = { context: this.#context, variables: Version === "2012-10-17", note: this.note };
      return Statement.map((statement) => ({
        effect: statement["Effect"],
        naming: this.#applies(statement, reading, gateway),
      }));
    });
    const deny = found.some(({ effect, naming }) => effect === "Deny" && naming !== undefined);
    const allows = found.filter(({ effect }) => effect === "Allow").map(({ naming }) => naming);
    const allow = (["direct", "role", "account"] as const).find((naming) => allows.includes(naming));
    if (deny) this.note(`${kind}: Deny`);
    else this.note(`${kind}: ${allow === undefined ? "silent" : `Allow, ${allow}`}`);
    return { deny, allow };
  }

  answer(): NaiveAnswer {
    const {
      principal,
      identity,
      boundary,
      session,
      endpoint,
      resourcePolicy,
      scps = [],
      rcps = [],
    } = this.request;
    const serviceLinked =
      principal.type === "role_session" && principal.roleArn.includes(":role/aws-service-role/");
    const limits = [
      // "SCPs do not affect any service-linked role"; RCPs do not apply "to calls made by service-linked roles".
      ...(serviceLinked ? [] : rcps.map((level) => this.#look("rcp", level))),
      ...(serviceLinked ? [] : scps.map((level) => this.#look("scp", level))),
      ...(endpoint
        ? [this.#look(`${endpoint.type} endpoint`, [endpoint.policy], endpoint.type === "gateway")]
        : []),
    ];
    const resource = this.#look("resource", resourcePolicy ? [resourcePolicy.policy] : []);
    const own = this.#look("identity", identity);
    const bounds = [
      ...(boundary ? [this.#look("boundary", [boundary])] : []),
      // A federated user without a session policy has no permissions; a role's session then has the role's.
      ...(session.length > 0 || principal.type === "federated_user" ? [this.#look("session", session)] : []),
    ];
    if ([...limits, resource, own, ...bounds].some(({ deny }) => deny)) return "explicit_deny";
    if (limits.some(({ allow }) => allow === undefined)) return "implicit_deny";
    return this.#granted(resource.allow, own.allow !== undefined, bounds) ? "allowed" : "implicit_deny";
  }

  #granted(resource: Naming | undefined, own: boolean, bounds: readonly Found[]): boolean {
    const { principal, action, resourcePolicy } = this.request;
    if (this.#caller.account === undefined) return resource !== undefined;
    const bounded = bounds.every(({ allow }) => allow !== undefined);
    const identity = own || principal.type === "root";
    const resourceAccount = this.#context.get("aws:resourceaccount")?.[0];
    const cross = resourceAccount !== undefined && resourceAccount !== this.#caller.account;
    this.note(cross ? "across accounts" : "within one account");
    if (cross) return resource !== undefined && identity && bounded;
    // "Permissions granted directly … are not limited by an implicit deny" of the others.
    if (resource === "direct") return true;
    // "IAM role trust policies and KMS key policies … must explicitly allow access for principals".
    const mustAllow = resourcePolicy?.type === "trust" || action.startsWith("kms:");
    if (mustAllow && resource === undefined) return false;
    return (identity || resource === "role") && bounded;
  }
}

/** Decides a request as AWS's documentation says. */
export function naiveAnswer(request: NaiveRequest, note: Note = () => undefined): NaiveAnswer {
  try {
    return new NaiveEvaluation(request, note).answer();
  } catch (error) {
    if (error instanceof Unknown) return "unknown";
    throw error;
  }
}
