import type { StackPlan } from "../model";
import type { Config } from "@studio-access/config";

/** `block`: must not be applied as it is; `warn`: somebody should look; `note`: good to know. */
export type Severity = "block" | "warn" | "note";

/** One thing that a rule has to say of a plan. Texts may quote values freely: what is secret is masked on the way out. */
export interface Finding {
  /** {@link Rule.name}. */
  readonly rule: string;
  readonly severity: Severity;
  readonly stack: string;
  /** Resource that it is about. */
  readonly address?: string;
  readonly constructPath?: string;
  /** What is found, and why it matters: one or two plain sentences, no Markdown. */
  readonly message: string;
  /** More, a line each: the statement, the range, the routes. No Markdown. */
  readonly details?: readonly string[];
  /** What to do about it, where that is not plain. */
  readonly remedy?: string;
}

export interface RuleContext {
  /** Plans of the stacks that were asked for, in the order in which they are deployed. */
  readonly stacks: readonly StackPlan[];
  /** Config of the environment, as synth has checked it. */
  readonly config: Config;
}

export interface Rule {
  /** kebab-case, and a name for good: people search for it. */
  readonly name: string;
  /** The severest of its findings. */
  readonly severity: Severity;
  /** What it looks for, as a sentence. */
  readonly description: string;
  /** Pure. A plan with a failure may hold little or nothing. */
  readonly check: (context: RuleContext) => readonly Finding[];
}
