import { availableParallelism, freemem } from "node:os";

import { runSteps, type Step } from "@studio-access/terraform-cli/steps";
import { InvalidArgumentError } from "commander";

/** Memory that Terraform and the AWS provider need to plan one stack; the provider alone takes 480 MB. */
const BYTES_OF_A_PLAN = 700 * 1024 * 1024;

/** Share of the free memory that is left to other programs. */
const SHARE_LEFT = 0.2;

export interface Machine {
  /** Memory that can be used without swapping. */
  readonly freeBytes: number;
  readonly processors: number;
}

/** How many stacks to plan at a time: limited by the memory and the number of processors. */
export function plansAtOnce({ freeBytes, processors }: Machine = thisMachine()): number {
  const inMemory = Math.floor((freeBytes * (1 - SHARE_LEFT)) / BYTES_OF_A_PLAN);
  // Two plans per processor, since a plan mostly waits for AWS.
  return Math.max(1, Math.min(inMemory, processors * 2, 8));
}

/** The value of `--parallelism`. */
export function parseAtOnce(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError("Give a number from 1 to 99.");
  return Number(text);
}

function thisMachine(): Machine {
  // Without a limit this is 0, or on some systems a number larger than the memory.
  const limit = process.constrainedMemory();
  const freeBytes = limit === 0 ? freemem() : Math.min(freemem(), limit);
  return { freeBytes, processors: availableParallelism() };
}

/** The result for one stack, and whether it is shown as failed. */
export interface StackResult<Result> {
  readonly result: Result;
  readonly failed: boolean;
}

/**
 * Runs work for each stack, several at a time, and shows the progress. A failed result does not stop the other stacks.
 *
 * @returns the results, in the stacks' order
 * @throws what the work threw; no further stack is begun then
 */
export async function forEachStack<Result>(
  names: readonly string[],
  work: (name: string, report: (progress: string) => void) => Promise<StackResult<Result>>,
  atOnce = plansAtOnce(),
): Promise<readonly Result[]> {
  const results = new Map<string, Result>();
  const step = (name: string): Step => ({
    title: name,
    run: async ({ fail, report }) => {
      const { result, failed } = await work(name, report);
      results.set(name, result);
      if (failed) fail();
    },
  });
  await runSteps(names.map(step), { atOnce });
  return names.flatMap((name) => results.get(name) ?? []);
}

/** The named stacks, in the order of deployment; all of them when none is named. */
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
