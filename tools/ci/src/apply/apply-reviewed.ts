import { applyReviewedPlan, type PlanOperations } from "@studio-access/terraform-cli";

export interface ReviewedStack {
  readonly stack: string;
  /** Stacks whose outputs it reads. */
  readonly dependencies: readonly string[];
  /** The plan that was reviewed; absent: it could not be planned before others are applied. */
  readonly planFile: string | undefined;
}

export type Applied =
  | { readonly stack: string; readonly outcome: "applied" | "applied as planned again" }
  | { readonly stack: string; readonly outcome: "stopped"; readonly reason: string };

const REVIEW_AGAIN =
  "Start the deploy again: it plans from what is there now, and asks for another approval.";

/** Applies the stacks one by one, each after the stacks that it reads, and only with reviewed changes; stops at the first that cannot be. */
export async function applyReviewed(
  reviewed: readonly ReviewedStack[],
  operations: PlanOperations,
  report: (applied: Applied) => void,
): Promise<readonly Applied[]> {
  const done: Applied[] = [];
  const moved = new Set<string>();
  for (const each of reviewed) {
    const applied = await applyOne(each, operations, moved);
    done.push(applied);
    report(applied);
    // Later stacks may read this one.
    if (applied.outcome === "stopped") break;
  }
  return done;
}

async function applyOne(
  { stack, dependencies, planFile }: ReviewedStack,
  operations: PlanOperations,
  moved: Set<string>,
): Promise<Applied> {
  if (planFile === undefined) {
    const reason = `it has no reviewed plan: it could not be planned before the stacks that it reads were applied. ${REVIEW_AGAIN}`;
    return { stack, outcome: "stopped", reason };
  }
  const upstream = dependencies.filter((dependency) => moved.has(dependency));
  const applied = await applyReviewedPlan({ stack, planFile, upstream }, operations);
  if (applied.outcome === "failed") return { stack, outcome: "stopped", reason: applied.reason };
  if ("reason" in applied) return { stack, outcome: "stopped", reason: `${applied.reason}. ${REVIEW_AGAIN}` };
  if (applied.outputsChanged) moved.add(stack);
  return { stack, outcome: applied.outcome };
}
