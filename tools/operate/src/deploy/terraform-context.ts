import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import {
  countsOf,
  jsonReport,
  markdownReport,
  review,
  type Rule,
  type StackPlan,
} from "@studio-access/plan-review";
import {
  applyReviewedPlan,
  DeployProgress,
  TerraformStacks,
  type AppliedPlan,
} from "@studio-access/terraform-cli";

import { forEachStack } from "../environment/each-stack";
import type { OperatedEnvironment } from "../environment/operated-environment";
import type { ReadOnlyStacks } from "../environment/read-only-stacks";
import { plannedStack } from "../plan/stack-planner";
import { terminalReport } from "../plan/terminal-report";
import { isApproved, type Consent } from "./consent";
import type { DeployContext } from "./deploy-context";

export interface DeployOptions {
  readonly environment: OperatedEnvironment;
  readonly stacks: ReadOnlyStacks;
  /** Folder of this run's plans, which only its owner can read. */
  readonly plans: string;
  readonly rules: readonly Rule[];
  readonly consent: Pick<Consent, "isGiven" | "ask">;
  /** File for the review; undefined: in the command's folder. */
  readonly markdown: string | undefined;
  /** Stacks to plan or apply at once. */
  readonly parallelism: number;
  readonly signal: AbortSignal;
}

/** A deploy with the real Terraform, at a terminal. */
export async function deployContext(options: DeployOptions): Promise<DeployContext> {
  const { environment, stacks, parallelism, signal } = options;
  const { config, configFile } = environment.folders;
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  const place = `environment ${config.environment}, in ${endpoint === undefined ? "AWS" : `the AWS at ${endpoint}`}`;
  const asPlanned = await readFile(configFile, "utf8");
  return {
    signal,
    eachStack: async (names, work) => forEachStack(names, work, parallelism),
    isDeployed: async (stack) => stacks.isDeployed(stack),
    plan: async (stack) => plannedStack(stacks, stack, planFile(options, stack)),
    review: async (plans) => isBlocked(plans, options),
    refusal: async (names, waiting) => {
      if (!(await isApproved(names, waiting, { ...options.consent, place }))) return "it was not approved";
      return (await readFile(configFile, "utf8")) === asPlanned
        ? undefined
        : `${configFile} was changed after the plans were made: start the deploy again`;
    },
    apply: async (plan, upstream, report) => apply(plan, upstream, report, options),
  };
}

/** Plans the stacks among these that are deployed, from their state and the config, without a look at their resources. */
export async function planOthers(
  names: readonly string[],
  options: DeployOptions,
): Promise<readonly StackPlan[]> {
  const { stacks, parallelism, signal } = options;
  const plans = await forEachStack(
    names,
    async (name) => {
      if (!(await stacks.isDeployed(name))) return { result: [], failed: false };
      const plan = await plannedStack(stacks, name, planFile(options, name), { refresh: false });
      return { result: [plan], failed: plan.failure !== undefined };
    },
    parallelism,
  );
  signal.throwIfAborted();
  return plans.flat();
}

function planFile({ plans }: DeployOptions, stack: string): string {
  return join(plans, `${stack}.tfplan`);
}

/** Shows the review of the plans. @returns whether a rule blocks one that could be applied */
async function isBlocked(
  plans: readonly StackPlan[],
  { environment: { config, directory }, rules, markdown }: DeployOptions,
): Promise<boolean> {
  const reviewed = review({ stacks: plans, config }, rules);
  const file = resolve(markdown ?? join(directory, "review.md"));
  await writeFile(file, markdownReport(reviewed, config));
  process.stdout.write(`\n${terminalReport(jsonReport(reviewed, config))}\n\nThe whole review: ${file}\n`);
  const incomplete = new Set(plans.filter(({ failure }) => failure !== undefined).map(({ stack }) => stack));
  return reviewed.findings.some(({ severity, stack }) => severity === "block" && !incomplete.has(stack));
}

async function apply(
  plan: StackPlan,
  upstream: readonly string[],
  report: (progress: string) => void,
  options: DeployOptions,
): Promise<AppliedPlan> {
  const { environment, plans: scratch, signal } = options;
  const { stack } = plan;
  const { add, change, replace, destroy } = countsOf(plan);
  const progress = new DeployProgress(new Map([[stack, add + change + replace + destroy]]));
  const terraform = new TerraformStacks({
    terraform: environment.program,
    outdir: environment.folders.outdir,
    environment: environment.variables,
    scratch,
    signal,
    onApplyLine: (line) => {
      progress.read(`${stack} ${line}`);
      report(progress.text);
    },
  });
  const applied = await applyReviewedPlan({ stack, planFile: planFile(options, stack), upstream }, terraform);
  return applied.outcome === "stale"
    ? { ...applied, reason: `${applied.reason}: start the deploy again, and review what is planned then` }
    : applied;
}
