import {
  parsePlan,
  planWithout,
  terraformErrors,
  UnreadablePlan,
  type StackPlan,
} from "@studio-access/plan-review";

/** Plans stacks, and changes neither state nor resources. */
export interface Planner {
  /** Saves a plan to a file. The file can also exist after a rejection: Terraform saves failed plans. */
  save(stack: string, file: string, options: { readonly refresh: boolean }): Promise<void>;
  show(stack: string, file: string): Promise<unknown>;
  synthesized(stack: string): Promise<unknown>;
  providerVersions(stack: string): Promise<Readonly<Record<string, string>>>;
}

/**
 * Plans one stack and reads the plan. A failed plan is returned with Terraform's error message.
 *
 * @param options - `refresh`: whether Terraform reads the resources from AWS. Default: true
 * @throws {UnreadablePlan} when the format of Terraform's plan is unknown
 */
export async function plannedStack(
  planner: Planner,
  stack: string,
  file: string,
  { refresh = true }: { readonly refresh?: boolean } = {},
): Promise<StackPlan> {
  const error = await planner.save(stack, file, { refresh }).then(
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
    // Terraform failed before it saved a plan.
    return planWithout(stack, error ?? terraformErrors(String(failure)));
  }
}
