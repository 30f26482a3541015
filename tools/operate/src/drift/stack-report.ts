import { terraformErrors } from "@studio-access/plan-review";
import type { PlanJson } from "@studio-access/terraform";

import { additions } from "./additions";
import {
  assess,
  hasKnockOn,
  type Assessment,
  type DriftedResource,
  type PendingChange,
  type UnclaimedChange,
} from "./assessment";

/** Plans stacks, and changes neither state nor resources. */
export interface Planner {
  plan(stack: string, options: { readonly refresh: boolean }): Promise<PlanJson>;
  isDeployed(stack: string): Promise<boolean>;
  /** Where each resource of a stack is, by its address. */
  places(stack: string): Promise<Places>;
}

/** Constructs and accounts of a stack's resources, by the resources' addresses. */
type Places = ReadonlyMap<string, Place>;

interface Place {
  readonly constructPath: string;
  readonly account: string;
}

/** What a plan showed of one stack. */
export type Examined =
  | {
      readonly stack: string;
      readonly plan: PlanJson;
      readonly assessment: Assessment;
      readonly places: Places;
    }
  | { readonly stack: string; readonly error: string }
  | { readonly stack: string; readonly deployed: false };

export type StackStatus = "clean" | "drift" | "pending" | "not deployed" | "error";

export interface StackReport {
  readonly stack: string;
  /** `drift` also when there are pending changes. */
  readonly status: StackStatus;
  readonly drift: readonly DriftedResource[];
  readonly pending: readonly PendingChange[];
  readonly unclaimed: readonly UnclaimedChange[];
  readonly error?: string;
}

/** Plans one stack, and a second time when drift must be separated from its consequences. Never rejects. */
export async function examine(planner: Planner, stack: string): Promise<Examined> {
  try {
    const plan = await planner.plan(stack, { refresh: true });
    const first = assess(plan);
    if (!first.deployed) return { stack, deployed: false };
    const assessment = hasKnockOn(first)
      ? assess(plan, await planner.plan(stack, { refresh: false }))
      : first;
    return { stack, plan, assessment, places: await planner.places(stack) };
  } catch (error) {
    // The plan of a stack that is not deployed fails when the stacks whose outputs it reads are not deployed either.
    const isDeployed = await planner.isDeployed(stack).catch(() => true);
    return isDeployed ? { stack, error: reasonOf(error) } : { stack, deployed: false };
  }
}

/**
 * The reports of all stacks, in the given order. Additions by hand are looked for only when every deployed stack was
 * planned: the rules of a stack that was not planned would be taken for additions.
 *
 * @param awsOptions - options with which the AWS CLI acts in an account
 */
export function reportsOf(
  examined: readonly Examined[],
  isEveryStack: boolean,
  awsOptions: (account: string | undefined) => string,
): readonly StackReport[] {
  const plans = new Map(examined.flatMap((found) => ("plan" in found ? [[found.stack, found.plan]] : [])));
  const isComplete = isEveryStack && !examined.some((found) => "error" in found);
  const added = isComplete ? additions(plans) : new Map<string, DriftedResource[]>();
  return examined.map((found) => {
    const { stack } = found;
    const nothing = { stack, drift: [], pending: [], unclaimed: [] };
    if ("error" in found) return { ...nothing, status: "error", error: found.error };
    if (!("assessment" in found)) return { ...nothing, status: "not deployed" };
    const { assessment, places } = found;
    const { unclaimed } = assessment;
    const drift = [...assessment.drift, ...(added.get(stack) ?? [])].map((resource) => {
      const place = places.get(resource.address);
      return { ...withOptions(resource, awsOptions(place?.account)), ...place };
    });
    const pending = assessment.pending.map((change) => ({ ...change, ...pathAt(places, change.address) }));
    const status = drift.length > 0 ? "drift" : pending.length > 0 ? "pending" : "clean";
    return { stack, status, drift, pending, unclaimed };
  });
}

/** The resource with commands that can be pasted. */
function withOptions(resource: DriftedResource, options: string): DriftedResource {
  if (resource.remedies === undefined) return resource;
  const remedies = resource.remedies.map(({ undo, keep, ...rest }) => ({
    ...rest,
    undo: `${undo} ${options}`,
    keep: "idCommand" in keep ? { ...keep, idCommand: `${keep.idCommand} ${options}` } : keep,
  }));
  return { ...resource, remedies };
}

function pathAt(places: Places, address: string): { readonly constructPath?: string } {
  const place = places.get(address);
  return place === undefined ? {} : { constructPath: place.constructPath };
}

/** 0: nothing changed outside; 2: something did; 1: a stack could not be planned. */
export function exitCodeOf(reports: readonly StackReport[]): 0 | 1 | 2 {
  if (reports.some(({ status }) => status === "error")) return 1;
  return reports.some(({ status }) => status === "drift") ? 2 : 0;
}

function reasonOf(error: unknown): string {
  return terraformErrors(error instanceof Error ? error.message : String(error));
}
