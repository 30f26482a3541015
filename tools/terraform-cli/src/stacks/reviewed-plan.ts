/** The operations of Terraform that it takes to apply a reviewed plan. */
export interface PlanOperations {
  /** The changes of a saved plan as one text; equal for two plans with the same changes. */
  plannedChanges(stack: string, planFile: string): Promise<string>;
  /** Plans again. @returns the new plan's file */
  planAgain(stack: string): Promise<string>;
  /** Rejects a stale plan, as Terraform calls it: the state has changed since the plan was made. */
  apply(stack: string, planFile: string): Promise<void>;
  /** The stack's outputs, as one text. */
  outputs(stack: string): Promise<string>;
}

export interface ReviewedPlan {
  readonly stack: string;
  readonly planFile: string;
  /** Stacks that it reads and whose outputs have changed since it was planned. */
  readonly upstream: readonly string[];
}

export type AppliedPlan =
  | {
      readonly outcome: "applied" | "applied as planned again";
      /** Whether the stack has other outputs now, so that plans which read them are out of date. */
      readonly outputsChanged: boolean;
    }
  | { readonly outcome: "other changes" | "stale" | "failed"; readonly reason: string };

/**
 * Applies the plan that was reviewed, and no other changes.
 *
 * A plan file holds the outputs of other stacks from the time when it was made, and Terraform does not notice that they
 * have changed since. So a stack that reads changed outputs is planned again. The new plan is applied if its changes
 * are the same.
 */
export async function applyReviewedPlan(
  { stack, planFile, upstream }: ReviewedPlan,
  operations: PlanOperations,
): Promise<AppliedPlan> {
  try {
    const file = upstream.length === 0 ? planFile : await unchangedPlan(stack, planFile, operations);
    if (file === undefined) {
      const reason = `the outputs of ${upstream.join(" and ")} have changed, and with them the plan has other changes than those that were reviewed`;
      return { outcome: "other changes", reason };
    }
    const before = await operations.outputs(stack);
    await operations.apply(stack, file);
    return {
      outcome: file === planFile ? "applied" : "applied as planned again",
      outputsChanged: (await operations.outputs(stack)) !== before,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.includes("Saved plan is stale")
      ? {
          outcome: "stale",
          reason: "its state was changed after the plan was made, which Terraform calls stale",
        }
      : { outcome: "failed", reason };
  }
}

/** A new plan with the same changes as the reviewed one; undefined where its changes are others. */
async function unchangedPlan(
  stack: string,
  planFile: string,
  operations: PlanOperations,
): Promise<string | undefined> {
  const again = await operations.planAgain(stack);
  const was = await operations.plannedChanges(stack, planFile);
  const is = await operations.plannedChanges(stack, again);
  return was === is ? again : undefined;
}
