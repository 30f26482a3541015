import { confirm, isYes } from "./confirmation";
import { leftovers } from "./leftovers";
import { stacksThatStay } from "./protections";
import { remove, survey, takeInventory } from "./removal";
import { counted, goesText, staysText } from "./summary";
import type { StackSurvey } from "./survey";
import type { TeardownContext } from "./teardown-context";

export interface Request {
  /** The line of business to remove; absent: everything. */
  readonly lob?: string;
  readonly dryRun: boolean;
  /** Name of the environment, instead of a typed answer. */
  readonly confirm?: string;
  readonly deleteLogs: boolean;
}

/** What a teardown would remove, and what it must leave. */
interface Plan {
  readonly going: readonly StackSurvey[];
  /** What stays and why; undefined when nothing stays. */
  readonly stays: string | undefined;
}

/**
 * Removes an environment, or one line of business, with everything that Terraform cannot remove: what users made in
 * Studio, and what SageMaker leaves behind. docs/decisions/0005-teardown-order.md explains the order.
 *
 * @returns whether nothing is left; true for a dry run
 * @throws {NotConfirmed}
 */
export async function teardown(request: Request, context: TeardownContext): Promise<boolean> {
  const { print } = context;
  const { going, stays } = await plan(request, context);
  const isThere = going.some((stack) => leftovers(stack, true).length > 0);
  if (isThere)
    print(`${request.dryRun ? "This would be deleted" : "This will be deleted"}:\n\n${goesText(going)}\n`);
  if (stays !== undefined) print(`${stays}\n`);
  const unknown = await outsideState(going, context);
  if (unknown.length > 0) print(unknownText(unknown));
  if (request.dryRun) {
    print(isThere ? "Nothing was deleted (--dry-run)." : "Nothing is there to delete.");
    return true;
  }
  if (unknown.length > 0) {
    print("Nothing was deleted.");
    return false;
  }
  if (!isThere && stays !== undefined) {
    print("Nothing was deleted.");
    return false;
  }
  if (isThere) await confirm({ ...context, given: request.confirm });
  const deleteLogs = isThere && (await wantsLogsDeleted(request, going, context));
  if (isThere) await remove(going, deleteLogs, context);
  const left = [
    ...(await takeInventory(going, deleteLogs, context)),
    ...(request.lob === undefined ? await outOfSight(context) : []),
  ];
  const { others } = context.stacks;
  if (request.lob === undefined && others.length > 0) {
    print(
      `A teardown does not remove these stacks, where they are deployed: ${others.join(", ")} (docs/runbook.md).`,
    );
  }
  print(left.length === 0 ? "Nothing is left." : `Still there:\n${left.join("\n")}`);
  return left.length === 0 && stays === undefined;
}

async function plan(request: Request, context: TeardownContext): Promise<Plan> {
  const { stacks, configFile } = context;
  const scope = scopeOf(request, context);
  const found = await survey(scope, context);
  const protections = found.flatMap((stack) => stack.protections);
  const staying = stacksThatStay(protections, (stack) => stacks.dependenciesOf(stack));
  const inScope = scope.filter((stack) => staying.has(stack));
  return {
    going: found.filter(({ stack }) => !staying.has(stack)),
    stays: staysText({ stacks: inScope, protections, configFile, alone: inScope.length < staying.size }),
  };
}

/** Stacks with what exists of them and is in no state. */
async function outsideState(
  going: readonly StackSurvey[],
  { outsideState: linesOf, print }: TeardownContext,
): Promise<readonly (readonly [stack: string, lines: readonly string[]])[]> {
  const found: (readonly [string, readonly string[]])[] = [];
  for (const { stack } of going)
    try {
      const lines = await linesOf(stack);
      if (lines.length > 0) found.push([stack, lines]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      print(`${stack}: whether anything of it is in no state cannot be known. ${why}\n`);
    }
  return found;
}

function unknownText(unknown: Awaited<ReturnType<typeof outsideState>>): string {
  const stacks = unknown.map(([stack]) => stack).join(" ");
  return [
    "This exists and is in no state, as after a deploy that was cut off, so that a teardown would not delete it:",
    "",
    ...unknown.flatMap(([stack, lines]) => lines.map((line) => `  ${stack}: ${line}`)),
    "",
    `Adopt it first: ./studio recover ${stacks}\n`,
  ].join("\n");
}

/** The stacks to remove, in the order of deployment. */
function scopeOf({ lob }: Request, { lobs, stacks }: TeardownContext): readonly string[] {
  if (lob === undefined) return stacks.names;
  if (lobs.some(({ name }) => name === lob)) return [lob];
  const names = lobs.map(({ name }) => name).join(", ");
  throw new Error(`No line of business is called ${lob}. The config names ${names}.`);
}

async function wantsLogsDeleted(
  { deleteLogs, confirm: given }: Request,
  going: readonly StackSurvey[],
  { ask }: TeardownContext,
): Promise<boolean> {
  const { length } = going.flatMap(({ domains }) => domains.flatMap(({ logs }) => logs));
  if (deleteLogs || given !== undefined || ask === undefined || length === 0) return deleteLogs;
  return isYes(await ask(`Delete the ${counted(length, "log stream")} of Studio's apps too? (y/N) `));
}

/** Domains that an earlier run began to remove, of lines of business that the config no longer names. */
async function outOfSight({ journal, lobs }: TeardownContext): Promise<string[]> {
  const names = new Set(lobs.map(({ name }) => name));
  const records = (await journal.read()).filter(({ lob }) => !names.has(lob));
  return records.map(
    ({ lob, domainArn }) =>
      `${lob}: what an interrupted teardown left of ${domainArn}; put ${lob} back into the config to remove it`,
  );
}
