import type { AdoptionPlan } from "./adoption-plan";
import { importBlocks } from "./import-blocks";
import type { Found, Leftover } from "./leftovers";
import type { Damage } from "./state-damage";
import type { StateLock } from "./state-lock";

/** A resource that was adopted may name others, such as an API its methods. */
const MOST_ROUNDS = 6;

export interface RecoverContext {
  readonly find: (stack: string) => Promise<Found>;
  readonly adopt: (
    stack: string,
    leftovers: readonly Leftover[],
    isApproved: (plan: AdoptionPlan) => Promise<boolean>,
  ) => Promise<boolean>;
  readonly adoptRows: (stack: string, leftovers: readonly Leftover[]) => Promise<void>;
  readonly lock: (stack: string) => Promise<StateLock | undefined>;
  readonly releaseLock: (stack: string, id: string) => Promise<void>;
  /** What is wrong with the state itself; each after the one before it is mended. */
  readonly damages: (stack: string) => AsyncIterable<Damage>;
  readonly print: (text: string) => void;
  readonly approves: (question: string) => Promise<boolean>;
  readonly releasesLock: (question: string) => Promise<boolean>;
  readonly dryRun: boolean;
}

export type Recovered = "nothing found" | "adopted" | "found" | "not adopted";

/** Mends a stack's state, and adopts what exists of it and is in no state, after showing it. Deletes nothing. */
export async function recover(stack: string, context: RecoverContext): Promise<Recovered> {
  const { find, print, dryRun } = context;
  const released = await releasedLock(stack, context);
  const mended = released === "not adopted" ? released : await mendedState(stack, context);
  if (mended === "not adopted" || mended === "found") return mended;
  let outcome: Recovered = mended === "nothing found" ? released : mended;
  const refused = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = await find(stack);
    const leftovers = found.leftovers.filter(({ address }) => !refused.has(address));
    if (round === 0) print(foundText(stack, found));
    if (found.unclear.length > 0) outcome = "not adopted";
    if (leftovers.length === 0) break;
    if (dryRun) return outcome === "not adopted" ? outcome : "found";
    if (round > 0) print(`${stack}: what was adopted shows more:\n\n${listText(leftovers)}`);
    const adopted = await adoptAll(stack, leftovers, refused, context);
    if (!adopted) return "not adopted";
    if (outcome === "nothing found") outcome = "adopted";
  }
  if (refused.size > 0) return "not adopted";
  return outcome;
}

/** @param refused gets what Terraform would replace, which is left as it is */
async function adoptAll(
  stack: string,
  leftovers: readonly Leftover[],
  refused: Set<string>,
  context: RecoverContext,
): Promise<boolean> {
  const { adopt, adoptRows, print, approves } = context;
  let imports = leftovers.filter(({ byState }) => !byState);
  const rows = leftovers.filter(({ byState }) => byState);
  while (imports.length > 0) {
    const given = imports;
    const before = refused.size;
    const isApproved = async (plan: AdoptionPlan): Promise<boolean> => {
      if (plan.deleted.length > 0)
        throw new Error(
          `${stack}: the import would make Terraform delete or replace ${plan.deleted.join(", ")}, so nothing was adopted. ` +
            "Look at ./studio plan.",
        );
      for (const { address, because } of plan.replaced) {
        print(
          `${stack}: ${address} differs in ${because.join(", ")}, which cannot be changed: it is left as it is.`,
        );
        refused.add(address);
      }
      if (plan.replaced.length > 0) return false;
      const refusedAndNeeded = plan.created.filter((address) => refused.has(address));
      if (refusedAndNeeded.length > 0)
        throw new Error(
          `${stack}: what is imported needs ${refusedAndNeeded.join(", ")}, which cannot be imported, so nothing was adopted.`,
        );
      print(planText(stack, plan));
      return approves(
        `\nAdopt ${given.length === 1 ? "it" : `these ${given.length}`} into the state of ${stack}?`,
      );
    };
    const done = await adopt(stack, given, isApproved);
    if (done) break;
    if (refused.size === before) return false;
    imports = imports.filter(({ address }) => !refused.has(address));
  }
  if (rows.length === 0) return true;
  if (!(await approves(`\nWrite ${rows.length} rows of tables into the state of ${stack}?`))) return false;
  await adoptRows(stack, rows);
  return true;
}

/** A deploy that was cut off leaves its lock in S3, even where it left nothing else. */
async function releasedLock(
  stack: string,
  { lock: lockOf, print, releasesLock, releaseLock, dryRun }: RecoverContext,
): Promise<Recovered> {
  const lock = await lockOf(stack);
  if (lock === undefined) return "nothing found";
  print(`\nThe state of ${stack} is locked, by a deploy that runs or by one that was cut off:`);
  print(lock.lines.map((line) => `  ${line}`).join("\n"));
  if (dryRun) return "found";
  if (!(await releasesLock("Release this lock? Only if that deploy has ended."))) {
    print(`The lock stays. When that deploy has ended: ./studio recover ${stack} --release-lock`);
    return "not adopted";
  }
  await releaseLock(stack, lock.id);
  return "adopted";
}

/** Puts a state right that Terraform could not write. */
async function mendedState(
  stack: string,
  { damages, print, approves, dryRun }: RecoverContext,
): Promise<Recovered> {
  let outcome: Recovered = "nothing found";
  for await (const { said, mending } of damages(stack)) {
    print(said);
    if (mending === undefined) continue;
    if (dryRun) {
      print("What the state lacks besides can be looked for once this is mended.");
      return "found";
    }
    if (!(await approves(mending.question))) return "not adopted";
    await mending.mend();
    outcome = "adopted";
  }
  return outcome;
}

function foundText(stack: string, { leftovers, unclear }: Found): string {
  const unclearText = unclear.map(
    ({ path, account, candidates }) =>
      `${stack}: ${path} in account ${account} could be each of ${candidates.join(", ")}. Import one of them by hand ` +
      "(`terraform import`), and delete the others.",
  );
  if (leftovers.length === 0)
    return [`${stack}: nothing is in AWS that its state does not have.`, ...unclearText].join("\n");
  const blocks = importBlocks(leftovers.filter(({ byState }) => !byState));
  return [`${stack}: in AWS, and in no state:`, "", listText(leftovers), "", blocks, ...unclearText].join(
    "\n",
  );
}

function listText(leftovers: readonly Leftover[]): string {
  const width = Math.max(...leftovers.map(({ path }) => path.length));
  return leftovers
    .map(({ path, account, importId }) => `  ${path.padEnd(width)}  ${account}  ${importId}`)
    .join("\n");
}

function planText(stack: string, { imported, created }: AdoptionPlan): string {
  const changed = imported.filter(({ changes }) => changes.length > 0);
  return [
    `${stack}: Terraform imports ${imported.length}, and deletes nothing.`,
    ...changed.map(({ address, changes }) => `  ${address}: sets ${changes.join(", ")}`),
    ...created.map((address) => `  ${address}: is created, since what is imported needs it`),
  ].join("\n");
}
