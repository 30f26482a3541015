import type { StatementReference } from "./errors";
import type { PolicyKind } from "./kinds";
import type { VerdictOutcome, Verdict } from "./verdict";

/** The verdict of one kind of policy, in the order in which AWS evaluates the kinds. */
export interface TrailEntry {
  readonly kind: PolicyKind;
  readonly outcome: VerdictOutcome;
  readonly statement?: StatementReference;
}

/** The decision on an authorization request, and the reason for it. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: "explicit_deny" | "implicit_deny" | "allowed";
  /** The statement that denied or allowed. Absent for an implicit deny, and for a root user, who needs no statement. */
  readonly decidedBy?: StatementReference;
  /** For an implicit deny: the kind of policy whose Allow is missing. */
  readonly missing?: PolicyKind;
  /** Every kind of policy that was evaluated. A silent entry did not necessarily affect the decision. */
  readonly trail: readonly TrailEntry[];
}

function trailOf(verdicts: readonly Verdict[]): readonly TrailEntry[] {
  return verdicts.map(({ kind, outcome, statement }) => ({ kind, outcome, ...(statement && { statement }) }));
}

export function allowedBy(verdict: Verdict, verdicts: readonly Verdict[]): Decision {
  const decidedBy = verdict.statement && { decidedBy: verdict.statement };
  return { allowed: true, reason: "allowed", ...decidedBy, trail: trailOf(verdicts) };
}

export function deniedBy(verdict: Verdict, verdicts: readonly Verdict[]): Decision {
  const decidedBy = verdict.statement && { decidedBy: verdict.statement };
  return { allowed: false, reason: "explicit_deny", ...decidedBy, trail: trailOf(verdicts) };
}

export function missingAllow(kind: PolicyKind, verdicts: readonly Verdict[]): Decision {
  return { allowed: false, reason: "implicit_deny", missing: kind, trail: trailOf(verdicts) };
}
