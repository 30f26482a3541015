/** The operations of Terraform that it takes to apply reviewed plans. */
export interface Stacks {
  /** The changes of a saved plan as one text; equal for two plans with the same changes. */
  plannedChanges(stack: string, planFile: string): Promise<string>;
  /** Plans again. @returns the new plan's file */
  planAgain(stack: string): Promise<string>;
  /** Rejects a stale plan, as Terraform calls it: the state has changed since the plan was made. */
  apply(stack: string, planFile: string): Promise<void>;
  /** The stack's outputs, as one text. */
  outputs(stack: string): Promise<string>;
}

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

/**
 * Applies the stacks one by one, each after the stacks that it reads, and only with reviewed changes.
 *
 * A plan file holds the outputs of other stacks from the time when it was made, and Terraform does not notice that they
 * have changed since. So a stack that reads changed outputs is planned again. The new plan is applied if its changes
 * are the same; otherwise the run stops there.
 */
export async function applyReviewed(
  reviewed: readonly ReviewedStack[],
  stacks: Stacks,
  report: (applied: Applied) => void,
): Promise<readonly Applied[]> {
  const done: Applied[] = [];
  const moved = new Set<string>();
  for (const each of reviewed) {
    const applied = await applyOne(each, stacks, moved);
    done.push(applied);
    report(applied);
    // Later stacks may read this one.
    if (applied.outcome === "stopped") break;
  }
  return done;
}

async function applyOne(
  { stack, dependencies, planFile }: ReviewedStack,
  stacks: Stacks,
  moved: Set<string>,
): Promise<Applied> {
  if (planFile === undefined) {
    const reason = `it has no reviewed plan: it could not be planned before the stacks that it reads were applied. ${REVIEW_AGAIN}`;
    return { stack, outcome: "stopped", reason };
  }
  const upstream = dependencies.filter((dependency) => moved.has(dependency));
  const file = upstream.length === 0 ? planFile : await unchangedPlan(stack, planFile, stacks);
  if (file === undefined) {
    const reason = `the outputs of ${upstream.join(" and ")} have changed, and with them the plan has other changes than those that were reviewed. ${REVIEW_AGAIN}`;
    return { stack, outcome: "stopped", reason };
  }
  const before = await stacks.outputs(stack);
  try {
    await stacks.apply(stack, file);
  } catch (error) {
    return { stack, outcome: "stopped", reason: reasonOf(error) };
  }
  if ((await stacks.outputs(stack)) !== before) moved.add(stack);
  return { stack, outcome: file === planFile ? "applied" : "applied as planned again" };
}

/** A new plan with the same changes as the reviewed one; undefined where its changes are others. */
async function unchangedPlan(stack: string, planFile: string, stacks: Stacks): Promise<string | undefined> {
  const again = await stacks.planAgain(stack);
  const [was, is] = [await stacks.plannedChanges(stack, planFile), await stacks.plannedChanges(stack, again)];
  return was === is ? again : undefined;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.includes("Saved plan is stale")
    ? `its state was changed after the plan was made, which Terraform calls stale. ${REVIEW_AGAIN}`
    : text;
}
