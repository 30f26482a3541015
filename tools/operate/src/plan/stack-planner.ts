import {
  parsePlan,
  planWithout,
  terraformErrors,
  UnreadablePlan,
  type StackPlan,
} from "@studio-access/plan-review";

/** Plans stacks. What it does changes nothing. */
export interface Planner {
  /** Saves a plan; the file may be there also when this rejects, of a plan that broke off. */
  save(stack: string, file: string, options: { readonly refresh: boolean }): Promise<void>;
  show(stack: string, file: string): Promise<unknown>;
  synthesized(stack: string): Promise<unknown>;
  providerVersions(stack: string): Promise<Readonly<Record<string, string>>>;
}

/**
 * Plans one stack and reads the plan. A plan that fails is one with a failure, in Terraform's words.
 *
 * @throws {UnreadablePlan} when Terraform's format of plans is not known
 */
export async function plannedStack(planner: Planner, stack: string, file: string): Promise<StackPlan> {
  const error = await planner.save(stack, file, { refresh: true }).then(
    () => undefined,
    (failure: unknown) => terraformErrors(failure instanceof Error ? failure.message : String(failure)),
  );
  try {
    return parsePlan({
      stack,
      plan: await planner.show(stack, file),
      synthesized: await planner.synthesized(stack),
      providerVersions: await planner.providerVersions(stack),
      ...(error === undefined ? {} : { error }),
    });
  } catch (failure) {
    if (failure instanceof UnreadablePlan) throw failure;
    // Nothing was saved: the plan did not get so far.
    return planWithout(stack, error ?? terraformErrors(String(failure)));
  }
}
