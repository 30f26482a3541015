import { parseRequestedAction, type RequestedAction } from "./action";
import type { Catalog } from "./catalog";
import { allowedBy, deniedBy, missingAllow, type Decision } from "./decision";
import type { Policy } from "./document";
import { RequestError } from "./errors";
import type { CallerPolicies } from "./evaluate";
import { iamData } from "./iam-data";
import type { PolicyKind } from "./kinds";
import { referTo, type Verdict } from "./verdict";

/** The caller's own policies: those that do not depend on the resource or the endpoint. */
export type OwnPolicies = Pick<CallerPolicies, "identityPolicies" | "permissionBoundary" | "sessionPolicies">;

/**
 * Whether the caller's own policies could allow an action on some resource and under some condition. It ignores resources
 * and conditions, so "allowed" only means that some request may be allowed. A denial holds for every request, unless the
 * resource's own policy allows it.
 *
 * The action is denied when the identity policies, the boundary or the session policies have no Allow that names it, or
 * have a Deny of it on every resource and under no condition.
 *
 * @param action - `service:Action`, any case
 * @throws {RequestError} `unknown_action`
 */
export function couldAllow(policies: OwnPolicies, action: string, catalog: Catalog = iamData): Decision {
  const asked = requestedAction(action, catalog);
  const { identityPolicies, permissionBoundary, sessionPolicies = [] } = policies;
  const identity = evaluateForAction("identity", identityPolicies, asked);
  const verdicts = [
    identity,
    ...(permissionBoundary === undefined ? [] : [evaluateForAction("boundary", [permissionBoundary], asked)]),
    ...(sessionPolicies.length === 0 ? [] : [evaluateForAction("session", sessionPolicies, asked)]),
  ];
  const deny = verdicts.find(({ outcome }) => outcome === "deny");
  if (deny !== undefined) return deniedBy(deny, verdicts);
  const silent = verdicts.find(({ outcome }) => outcome === "silent");
  return silent === undefined ? allowedBy(identity, verdicts) : missingAllow(silent.kind, verdicts);
}

/**
 * The indexes of the statements whose Action or NotAction covers an action. No other statement can decide a request for it.
 *
 * @param action - `service:Action`, any case
 * @throws {RequestError} `unknown_action`
 */
export function statementsNaming(
  { statements }: Policy,
  action: string,
  catalog: Catalog = iamData,
): readonly number[] {
  const asked = requestedAction(action, catalog);
  return statements.filter(({ names }) => names(asked)).map(({ index }) => index);
}

function requestedAction(action: string, catalog: Catalog): RequestedAction {
  const asked = parseRequestedAction(action, catalog);
  if (asked === undefined) throw new RequestError("unknown_action", `AWS has no action "${action}"`);
  return asked;
}

/** The verdict of policies of one kind on an action. A Deny counts when it is unconditional, an Allow always. */
function evaluateForAction(kind: PolicyKind, policies: readonly Policy[], action: RequestedAction): Verdict {
  const found = policies.flatMap((policy) =>
    policy.statements
      .filter(({ names, effect, unconditional }) => names(action) && (effect === "Allow" || unconditional))
      .map((statement) => ({ effect: statement.effect, statement: referTo(policy, statement) })),
  );
  const decisive = found.find(({ effect }) => effect === "Deny") ?? found[0];
  if (decisive === undefined) return { kind, outcome: "silent" };
  const outcome = decisive.effect === "Deny" ? "deny" : "allow";
  return { kind, outcome, statement: decisive.statement };
}
