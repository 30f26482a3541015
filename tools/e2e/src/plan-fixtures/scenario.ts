import type { Config } from "@studio-access/config";

import type { Edit } from "./edits";
import type { PlanFlags } from "./recorder";

/** A change that somebody might make, to be planned for real. */
export interface Scenario {
  /** Name of its file. */
  readonly name: string;
  /** What is changed in each stack that is planned; `unchanged` where another change shows there, or none. */
  readonly stacks: Readonly<Record<string, Edit>>;
  /** Another config, synthesized for real before the stacks are edited. */
  readonly config?: (config: Config) => Config;
  readonly flags?: PlanFlags;
  /** Stacks that have to be deployed beside those that are planned, as their state is read. */
  readonly needs?: readonly string[];
}

/** A change of one stack's code. */
export function edited(name: string, stack: string, edit: Edit): Scenario {
  return { name, stacks: { [stack]: edit } };
}
