import type { Config } from "@studio-access/config";

import type { Edit } from "./edits";
import type { PlanFlags } from "./recorder";

/** A possible change, of which a real plan is recorded. */
export interface Scenario {
  /** Name of the recorded file. */
  readonly name: string;
  /** The edit of each planned stack; `unchanged` for a stack in which another change has an effect, or none. */
  readonly stacks: Readonly<Record<string, Edit>>;
  /** Another config, synthesized for real before the stacks are edited. */
  readonly config?: (config: Config) => Config;
  readonly flags?: PlanFlags;
  /** Stacks that also have to be deployed because the planned ones read their state. */
  readonly needs?: readonly string[];
}

/** A change of one stack's code. */
export function edited(name: string, stack: string, edit: Edit): Scenario {
  return { name, stacks: { [stack]: edit } };
}
