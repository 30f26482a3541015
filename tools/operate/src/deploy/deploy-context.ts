import type { StackPlan } from "@studio-access/plan-review";
import type { AppliedPlan } from "@studio-access/terraform-cli";

import type { forEachStack } from "../environment/each-stack";

/** What a deploy needs of Terraform and of the user. */
export interface DeployContext {
  /** Plans a stack, and keeps the plan to be applied. */
  readonly plan: (stack: string) => Promise<StackPlan>;
  readonly isDeployed: (stack: string) => Promise<boolean>;
  /** Reviews plans, also incomplete ones, and shows the review. @returns whether a rule blocks a complete plan */
  readonly review: (plans: readonly StackPlan[]) => Promise<boolean>;
  /**
   * Asks whether to apply the plans of these stacks.
   *
   * @param waiting number of stacks that are planned, and asked for, after them
   * @returns why they must not be applied; undefined: they may
   */
  readonly refusal: (stacks: readonly string[], waiting: number) => Promise<string | undefined>;
  /**
   * Applies the plan that was kept, and no other changes.
   *
   * @param upstream stacks that it reads and whose outputs have changed since it was planned
   */
  readonly apply: (
    plan: StackPlan,
    upstream: readonly string[],
    report: (progress: string) => void,
  ) => Promise<AppliedPlan>;
  /** Runs work for stacks, several at a time, and shows the progress. */
  readonly eachStack: typeof forEachStack;
  readonly signal: AbortSignal;
}

/** What became of a stack. */
export type Ended =
  | { readonly stack: string; readonly outcome: "applied" | "no changes" }
  | { readonly stack: string; readonly outcome: "failed" | "not begun"; readonly reason: string };

export interface DeployResult {
  /** In the order of deployment. */
  readonly ended: readonly Ended[];
  /** Whether a rule stopped the deploy. */
  readonly blocked: boolean;
  /** What ended the deploy early, beside a failed stack: an interruption, for example. */
  readonly error?: Error;
}
