import type { Policy } from "./document";
import { locate, type StatementReference } from "./errors";
import type { PolicyKind } from "./kinds";
import type { Grant } from "./principal-element";
import type { PreparedRequest } from "./request";
import type { Statement } from "./statement";

/** What policies of one kind say of a request, taken together. `silent`: neither Allow nor Deny. */
export type VerdictOutcome = "allow" | "deny" | "silent";

export interface Verdict {
  readonly kind: PolicyKind;
  readonly outcome: VerdictOutcome;
  /** The statement that decided; absent when silent, and where no policy is needed. */
  readonly statement?: StatementReference;
  /** For an Allow: how its Principal element names the caller. */
  readonly grant?: Grant;
}

export function referTo(policy: Policy, { index, sid }: Statement): StatementReference {
  return { policy: policy.name, kind: policy.kind, index, ...(sid === undefined ? {} : { sid }) };
}

const WEIGHT: Readonly<Record<Grant, number>> = { account: 1, role: 2, direct: 3 };

function stronger(current: Verdict, found: Verdict): Verdict {
  if (current.outcome === "deny") return current;
  if (found.outcome === "deny" || current.outcome === "silent") return found;
  return WEIGHT[found.grant ?? "direct"] > WEIGHT[current.grant ?? "direct"] ? found : current;
}

function statementVerdict(
  policy: Policy,
  statement: Statement,
  request: PreparedRequest,
): Verdict | undefined {
  const reference = referTo(policy, statement);
  const grant = locate({ policy: policy.name, kind: policy.kind, statement: reference }, () =>
    statement.match(request),
  );
  if (grant === undefined) return undefined;
  return {
    kind: policy.kind,
    outcome: statement.effect === "Deny" ? "deny" : "allow",
    statement: reference,
    grant,
  };
}

/**
 * Any Deny wins; otherwise the Allow that names the caller most directly; otherwise silent.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
 */
export function evaluateStatements(
  kind: PolicyKind,
  policies: readonly Policy[],
  request: PreparedRequest,
): Verdict {
  let verdict: Verdict = { kind, outcome: "silent" };
  for (const policy of policies) {
    for (const statement of policy.statements) {
      const found = statementVerdict(policy, statement, request);
      if (found !== undefined) verdict = stronger(verdict, { ...found, kind });
    }
  }
  return verdict;
}
