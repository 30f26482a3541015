import type { Policy } from "./document";
import { locate, type StatementReference } from "./errors";
import type { PolicyKind } from "./kinds";
import type { Grant } from "./principal-element";
import type { PreparedRequest } from "./request";
import type { Statement } from "./statement";

/** The combined verdict of policies of one kind on a request. `silent`: no statement applies. */
export type VerdictOutcome = "allow" | "deny" | "silent";

export interface Verdict {
  readonly kind: PolicyKind;
  readonly outcome: VerdictOutcome;
  /** The statement that decided; absent when silent, and for a root user, who needs no policy. */
  readonly statement?: StatementReference;
  /** How the statement's Principal element names the caller. */
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
 * Evaluates the statements of policies of one kind. A Deny wins; else the Allow that names the caller most directly.
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
