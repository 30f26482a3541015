import { changes, type StackPlan } from "@studio-access/plan-review";
import type { ManifestStack } from "@studio-access/terraform";

import type { DeployContext, DeployResult, Ended } from "./deploy-context";
import { levelsOf } from "./levels";

/** The stacks that can be planned now; the others wait until these are applied. */
interface Round {
  readonly plans: readonly StackPlan[];
  /** Incomplete plans. */
  readonly failed: readonly StackPlan[];
  readonly waiting: readonly string[];
}

/**
 * Deploys stacks in rounds. A round plans all stacks that can be planned, shows one review, asks once, and applies exactly
 * these plans, each stack after those that it reads. The next round has the stacks that could not be planned before others
 * were applied, and those whose plans have other changes now that another stack's outputs have changed.
 *
 * A stack that fails stops only the stacks that read it.
 */
export class Deployment {
  readonly #chosen: readonly ManifestStack[];
  readonly #context: DeployContext;
  readonly #ended = new Map<string, Ended>();

  /** @param chosen the stacks to deploy, each after those that it reads */
  constructor(chosen: readonly ManifestStack[], context: DeployContext) {
    this.#chosen = chosen;
    this.#context = context;
  }

  async run(): Promise<DeployResult> {
    let stopped: { readonly blocked: boolean; readonly reason: string; readonly error?: Error } | undefined;
    try {
      while (stopped === undefined && this.#left().length > 0) stopped = await this.#round();
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      stopped = { blocked: false, reason: "the deploy ended before it", error };
    }
    const { blocked = false, reason = "", ...rest } = stopped ?? {};
    const ended = this.#chosen.map(
      ({ name }): Ended => this.#ended.get(name) ?? { stack: name, outcome: "not begun", reason },
    );
    return { ended, blocked, ...rest };
  }

  /** @returns why the deploy goes no further; undefined: it goes on while stacks are left */
  async #round(): Promise<{ readonly blocked: boolean; readonly reason: string } | undefined> {
    const { signal, review, refusal } = this.#context;
    const { plans, failed, waiting } = await this.#plan();
    const changed = plans.filter(changes).map(({ stack }) => stack);
    const shown = [...plans, ...failed];
    if (shown.length > 0 && (await review(shown)))
      return { blocked: true, reason: "a rule blocks the plans" };
    if (changed.length > 0) {
      const reason = await refusal(changed, waiting.length);
      signal.throwIfAborted();
      if (reason !== undefined) return { blocked: false, reason };
    }
    await this.#apply(plans);
    signal.throwIfAborted();
    return undefined;
  }

  #left(): readonly ManifestStack[] {
    return this.#chosen.filter(({ name }) => !this.#ended.has(name));
  }

  /** Plans what can be planned, and ends the stacks that never can be. */
  async #plan(): Promise<Round> {
    const left = this.#left().filter((stack) => !this.#endsWithoutPlan(stack));
    const tried = await this.#tryPlans(left);
    const plans: StackPlan[] = [];
    const failed: StackPlan[] = [];
    const waiting: string[] = [];
    for (const stack of left) {
      const { name, dependencies } = stack;
      const plan = tried.get(name);
      const reads = (others: readonly string[]): boolean =>
        others.some((each) => dependencies.includes(each));
      if (this.#endsWithoutPlan(stack)) continue;
      if (plan === undefined || reads(waiting)) waiting.push(name);
      else if (plan.failure === undefined) plans.push(plan);
      // It may read outputs that stacks of this round are about to get.
      else if (reads(plans.filter(changes).map((other) => other.stack))) waiting.push(name);
      else {
        failed.push(plan);
        this.#fail(name, await this.#whyUnplanned(stack, plan.failure.message));
      }
    }
    return { plans, failed, waiting };
  }

  /** Tries no stack that reads one which is yet to be deployed for the first time: its plan could only fail. */
  async #tryPlans(left: readonly ManifestStack[]): Promise<ReadonlyMap<string, StackPlan>> {
    const { isDeployed, plan, eachStack, signal } = this.#context;
    const names = left.map(({ name }) => name);
    const absent = new Set<string>();
    for (const name of names)
      if (left.some(({ dependencies }) => dependencies.includes(name)) && !(await isDeployed(name)))
        absent.add(name);
    const possible = left.filter(({ dependencies }) => !dependencies.some((needed) => absent.has(needed)));
    const plans = await eachStack(
      possible.map(({ name }) => name),
      async (name) => {
        const result = await plan(name);
        return { result, failed: result.failure !== undefined };
      },
    );
    signal.throwIfAborted();
    return new Map(plans.map((each) => [each.stack, each]));
  }

  async #whyUnplanned({ dependencies }: ManifestStack, failure: string): Promise<string> {
    const absent: string[] = [];
    for (const needed of dependencies)
      if (!this.#ended.has(needed) && !(await this.#context.isDeployed(needed))) absent.push(needed);
    return absent.length === 0
      ? `it cannot be planned: ${failure}`
      : `it reads ${absent.join(" and ")}, not deployed yet: deploy ${absent.length === 1 ? "it" : "them"} as well`;
  }

  async #apply(plans: readonly StackPlan[]): Promise<void> {
    /** Stacks of this round whose outputs have changed. */
    const moved = new Set<string>();
    /** Stacks that are planned again in the next round. */
    const again = new Set<string>();
    const inRound = new Map(plans.map((plan) => [plan.stack, plan]));
    for (const level of levelsOf(this.#chosen.filter(({ name }) => inRound.has(name)))) {
      const ready = new Map<string, { readonly plan: StackPlan; readonly upstream: readonly string[] }>();
      for (const stack of level) {
        const { name, dependencies } = stack;
        const plan = inRound.get(name);
        const upstream = dependencies.filter((needed) => moved.has(needed));
        if (plan === undefined || this.#endsWithoutPlan(stack)) continue;
        if (dependencies.some((needed) => again.has(needed))) again.add(name);
        else if (changes(plan)) ready.set(name, { plan, upstream });
        else if (upstream.length > 0) again.add(name);
        else this.#ended.set(name, { stack: name, outcome: "no changes" });
      }
      await this.#context.eachStack([...ready.keys()], async (name, report) => {
        const one = ready.get(name);
        const applied = one && (await this.#applyOne(one.plan, one.upstream, report));
        if (applied === "moved") moved.add(name);
        if (applied === "other changes") again.add(name);
        return { result: applied, failed: applied === "failed" };
      });
    }
  }

  async #applyOne(
    plan: StackPlan,
    upstream: readonly string[],
    report: (progress: string) => void,
  ): Promise<"applied" | "moved" | "other changes" | "failed"> {
    const { stack } = plan;
    this.#context.signal.throwIfAborted();
    const applied = await this.#context.apply(plan, upstream, report);
    if (applied.outcome === "other changes") return applied.outcome;
    if ("reason" in applied) {
      this.#fail(stack, applied.reason);
      return "failed";
    }
    this.#ended.set(stack, { stack, outcome: "applied" });
    return applied.outputsChanged ? "moved" : "applied";
  }

  /** Ends a stack that reads one which failed. */
  #endsWithoutPlan({ name, dependencies }: ManifestStack): boolean {
    const unsuccessful = dependencies.filter((needed) =>
      ["failed", "not begun"].includes(this.#ended.get(needed)?.outcome ?? ""),
    );
    if (unsuccessful.length === 0) return false;
    const reason = `it reads ${unsuccessful.join(" and ")}`;
    this.#ended.set(name, { stack: name, outcome: "not begun", reason });
    return true;
  }

  #fail(stack: string, reason: string): void {
    this.#ended.set(stack, { stack, outcome: "failed", reason });
  }
}
