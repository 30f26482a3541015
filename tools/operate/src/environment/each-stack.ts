import { availableParallelism, freemem } from "node:os";

import { runSteps, type Step } from "@studio-access/terraform-cli/steps";

/** What Terraform and the AWS provider take together while they plan a stack; 480 MB of it is the provider. */
const BYTES_OF_A_PLAN = 700 * 1024 * 1024;

/** Left to everything else on the machine. */
const SHARE_LEFT = 0.2;

export interface Machine {
  /** Memory that may be taken without swapping. */
  readonly freeBytes: number;
  readonly processors: number;
}

/** How many stacks to plan at once: as many as there is memory for, and work for the processors while others wait. */
export function plansAtOnce({ freeBytes, processors }: Machine = thisMachine()): number {
  const inMemory = Math.floor((freeBytes * (1 - SHARE_LEFT)) / BYTES_OF_A_PLAN);
  // A plan mostly waits for AWS.
  return Math.max(1, Math.min(inMemory, processors * 2, 8));
}

function thisMachine(): Machine {
  // 0 where there is no limit; on some systems then a number beyond all memory.
  const limit = process.constrainedMemory();
  const freeBytes = limit === 0 ? freemem() : Math.min(freemem(), limit);
  return { freeBytes, processors: availableParallelism() };
}

/** What was made of one stack, and whether it shows as failed. */
export interface StackResult<Result> {
  readonly result: Result;
  readonly failed: boolean;
}

/**
 * Does something with each stack, some at a time, and shows how far it is. An outcome that failed keeps none of the others.
 *
 * @returns the results, in the stacks' order
 * @throws what the work threw; no more of it is begun then
 */
export async function forEachStack<Result>(
  names: readonly string[],
  work: (name: string) => Promise<StackResult<Result>>,
  atOnce = plansAtOnce(),
): Promise<readonly Result[]> {
  const results = new Map<string, Result>();
  const step = (name: string): Step => ({
    title: name,
    run: async ({ fail }) => {
      const { result, failed } = await work(name);
      results.set(name, result);
      if (failed) fail();
    },
  });
  await runSteps(names.map(step), { atOnce });
  return names.flatMap((name) => results.get(name) ?? []);
}

/** The stacks that were asked for, in the order in which they are deployed; all where none was. */
export function chosenStacks(
  all: readonly string[],
  wanted: readonly string[] | undefined,
): readonly string[] {
  if (wanted === undefined || wanted.length === 0) return all;
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`The config has no stack ${unknown.join(", ")}; it has ${all.join(", ")}.`);
  return all.filter((name) => wanted.includes(name));
}
