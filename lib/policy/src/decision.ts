import type { StatementReference } from "./errors";
import type { PolicyKind } from "./kinds";
import type { VerdictOutcome, Verdict } from "./verdict";

/** One kind of policy that was looked at, in AWS's order. */
export interface TrailEntry {
  readonly kind: PolicyKind;
  readonly outcome: VerdictOutcome;
  readonly statement?: StatementReference;
}

/** The answer to an authorization request, and why. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: "explicit_deny" | "implicit_deny" | "allowed";
  /** The statement that denied or granted. Absent for an implicit deny, and where a right needs no statement. */
  readonly decidedBy?: StatementReference;
  /** For an implicit deny: the kind of policy that should have said Allow. */
  readonly missing?: PolicyKind;
  /** Everything that was looked at. An entry may be silent without having mattered. */
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
