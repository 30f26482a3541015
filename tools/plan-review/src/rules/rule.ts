import type { StackPlan } from "../model";
import type { Config } from "@studio-access/config";

/** `block`: must not be applied as it is; `warn`: somebody should look; `note`: good to know. */
export type Severity = "block" | "warn" | "note";

/** One problem or fact that a rule reports of a plan. Its texts may quote values: the reports mask secrets. */
export interface Finding {
  /** {@link Rule.name}. */
  readonly rule: string;
  readonly severity: Severity;
  readonly stack: string;
  /** Address of the resource that it is about. */
  readonly address?: string;
  readonly constructPath?: string;
  /** The problem, and why it matters: one or two plain sentences, no Markdown. */
  readonly message: string;
  /** Details, one per line: the statement, the range, the routes. No Markdown. */
  readonly details?: readonly string[];
  /** What to do about it, where that is not obvious. */
  readonly remedy?: string;
}

export interface RuleContext {
  /** Plans of the stacks that were asked for, in the order in which they are deployed. */
  readonly stacks: readonly StackPlan[];
  /** Config of the environment, as synth has checked it. */
  readonly config: Config;
}

export interface Rule {
  /** In kebab-case. It never changes, since settings name it. */
  readonly name: string;
  /** The highest severity of its findings. */
  readonly severity: Severity;
  /** A sentence about what the rule looks for. */
  readonly description: string;
  /** Pure. A plan with a failure may hold little or nothing. */
  readonly check: (context: RuleContext) => readonly Finding[];
}
