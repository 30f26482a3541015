/** Terraform over the stacks' folders, as far as it takes to apply what was reviewed. */
export interface Stacks {
  /** What a saved plan would do, as one text: alike for two plans that do the same. */
  whatItDoes(stack: string, planFile: string): Promise<string>;
  /** Plans again. @returns the new plan's file */
  planAgain(stack: string): Promise<string>;
  /** Rejects where the state has moved on since the plan was made: Terraform calls it stale. */
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
 * Applies stack by stack, each after those it reads, and nothing but what was reviewed.
 *
 * A plan file has what other stacks handed out when it was made, and Terraform does not notice that they hand out something
 * else now. So a stack that reads one whose outputs have just changed is planned again: the new plan is applied if it does
 * the very same, else everything stops there.
 */
export async function applyReviewed(
  reviewed: readonly ReviewedStack[],
  stacks: Stacks,
  told: (applied: Applied) => void,
): Promise<readonly Applied[]> {
  const done: Applied[] = [];
  const moved = new Set<string>();
  for (const each of reviewed) {
    const applied = await applyOne(each, stacks, moved);
    done.push(applied);
    told(applied);
    // What comes later may read this one.
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
    const reason = `nobody has seen a plan of it: it could not be planned before the stacks that it reads. ${REVIEW_AGAIN}`;
    return { stack, outcome: "stopped", reason };
  }
  const upstream = dependencies.filter((dependency) => moved.has(dependency));
  const file = upstream.length === 0 ? planFile : await sameAgain(stack, planFile, stacks);
  if (file === undefined) {
    const reason = `${upstream.join(" and ")} hand out something else now, and with that it would do something else than was reviewed. ${REVIEW_AGAIN}`;
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

/** A new plan that does what the reviewed one does; undefined where it would do something else. */
async function sameAgain(stack: string, planFile: string, stacks: Stacks): Promise<string | undefined> {
  const again = await stacks.planAgain(stack);
  const [was, is] = [await stacks.whatItDoes(stack, planFile), await stacks.whatItDoes(stack, again)];
  return was === is ? again : undefined;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.includes("Saved plan is stale")
    ? `its state was changed after the plan was made, which Terraform calls stale. ${REVIEW_AGAIN}`
    : text;
}
