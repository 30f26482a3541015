import type { ChangeKind, StackPlan } from "./model";
import { estimateCost, type Cost, type CostEstimate } from "./prices";
import { RULES } from "./rules";
import type { Finding, Rule, RuleContext, Severity } from "./rules/rule";

/** Numbers of resources; data sources left out. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  /** Leave the state, and stay in AWS. */
  readonly forget: number;
  readonly import: number;
  readonly move: number;
}

/** `failed`: a stack has no complete plan; `blocked`: a finding blocks. The worse one counts. */
export type Verdict = "failed" | "blocked" | "changes" | "no-changes";

/** Everything that is known of a change, before secrets are masked: it must not be shown as it is. */
export interface Review {
  readonly stacks: readonly StackPlan[];
  /** The severest first. */
  readonly findings: readonly Finding[];
  /** By stack. */
  readonly counts: Readonly<Record<string, Counts>>;
  readonly cost?: Cost;
  readonly verdict: Verdict;
}

const SEVERITIES: readonly Severity[] = ["block", "warn", "note"];

/** Reviews plans. Pure. */
export function review(
  context: RuleContext,
  rules: readonly Rule[] = RULES,
  estimate: CostEstimate = estimateCost,
): Review {
  const found = rules.flatMap((rule) => rule.check(context));
  const findings = SEVERITIES.flatMap((severity) => found.filter((finding) => finding.severity === severity));
  const { stacks } = context;
  const cost = estimate(context);
  return {
    stacks,
    findings,
    counts: Object.fromEntries(stacks.map((plan) => [plan.stack, countsOf(plan)])),
    ...(cost === undefined ? {} : { cost }),
    verdict: verdictOf(stacks, findings),
  };
}

export function countsOf({ resources }: Pick<StackPlan, "resources">): Counts {
  const managed = resources.filter(({ mode }) => mode === "managed");
  const of = (kind: ChangeKind): number => managed.filter((resource) => resource.kind === kind).length;
  return {
    add: of("create"),
    change: of("update"),
    replace: of("replace"),
    destroy: of("delete"),
    forget: of("forget"),
    import: managed.filter(({ importedId }) => importedId !== undefined).length,
    move: managed.filter(({ movedFrom }) => movedFrom !== undefined).length,
  };
}

function verdictOf(stacks: readonly StackPlan[], findings: readonly Finding[]): Verdict {
  if (stacks.some(({ failure }) => failure !== undefined)) return "failed";
  if (findings.some(({ severity }) => severity === "block")) return "blocked";
  return stacks.some(changes) ? "changes" : "no-changes";
}

/** Whether an apply would do anything: outputs, moves and imports are changes as well. */
export function changes({ resources, outputs }: Pick<StackPlan, "resources" | "outputs">): boolean {
  return (
    outputs.some(({ kind }) => kind !== "no-op") ||
    resources.some(
      ({ kind, movedFrom, importedId }) =>
        (kind !== "no-op" && kind !== "read") || movedFrom !== undefined || importedId !== undefined,
    )
  );
}
