import type { Config } from "@studio-access/config";
import { isRecord, type ResourceInstance } from "@studio-access/terraform";

import type { CellResult } from "../matrices/matrix";
import { text } from "../model/attributes";
import type { Model } from "../model/model";
import { isUnset, leavesOf } from "./leaves";
import { OneOf, valueOf, type AttributeContext, type Expected, type StackContext } from "./rules";
import { stackContexts } from "./stack-contexts";
import { JUDGED_BY_MATRICES, Statements } from "./policies/expected-statements";
import { fatesOf, TABLE, type Fate, type Fates } from "./table";

type Setting = readonly [name: string, answer: () => CellResult];

/** Outcome for the resources of one type in one stack: their number and every attribute are as the table says. */
const AS_TABLE = "as the table of attributes says";
/** Outcome for what the table does not know: what it does cannot be told. */
const UNKNOWN_TYPE = "cannot be told: the table does not know the type";
const MAX_PROBLEMS = 3;

function rowName(stack: string, type: string): string {
  return `${stack}: ${type}`;
}

/** One row per stack and resource type that the state holds or the config calls for. */
export function closedWorldSettings(model: Model, config: Config): readonly Setting[] {
  const stacks = stackContexts(config);
  const index = new ResourceIndex(model.resources);
  const found = [...index.groups.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  const places = new Map(
    [...placesOf(stacks.values()), ...found].map(({ stack, type }) => [
      rowName(stack, type),
      { stack, type },
    ]),
  );
  return [...places].map(([name, { stack, type }]): Setting => [
    name,
    () => answerFor(type, index.groups.get(name) ?? [], stacks.get(stack), index),
  ]);
}

/** The rows that the config calls for. */
export function expectedClosedWorld(config: Config): readonly (readonly [name: string, value: string])[] {
  const places = placesOf(stackContexts(config).values());
  return places.map(({ stack, type }) => [rowName(stack, type), AS_TABLE] as const);
}

/** Attributes with a value, of managed resources of known types, by what the table says of them. */
export function attributesByFate(
  resources: readonly ResourceInstance[],
): Readonly<Record<Fate["kind"], number>> {
  const counts = { modelled: 0, fixed: 0, free: 0 };
  for (const { mode, type, values } of resources) {
    const fates = mode === "managed" ? fatesOf(type) : undefined;
    if (fates === undefined) continue;
    for (const [path] of leavesOf(values, fates)) {
      const fate = fates.get(path);
      if (fate !== undefined) counts[fate.kind] += 1;
    }
  }
  return counts;
}

interface Place {
  readonly stack: string;
  readonly type: string;
}

/** The types that a stack has, or may have. */
function placesOf(stacks: Iterable<StackContext>): readonly Place[] {
  const types = Object.keys(TABLE);
  return [...stacks].flatMap((stack) =>
    types.filter((type) => countOf(type, stack).most > 0).map((type) => ({ stack: stack.stack, type })),
  );
}

function countOf(type: string, stack: StackContext): { readonly least: number; readonly most: number } {
  const count = TABLE[type]?.count[stack.kind] ?? 0;
  const number = typeof count === "function" ? count(stack) : count;
  return typeof number === "number" ? { least: number, most: number } : { least: 0, most: number.atMost };
}

function answerFor(
  type: string,
  resources: readonly ResourceInstance[],
  stack: StackContext | undefined,
  index: ResourceIndex,
): CellResult {
  const address = resources[0]?.address ?? type;
  const fates = fatesOf(type);
  if (fates === undefined) return { outcome: UNKNOWN_TYPE, reason: address };
  if (stack === undefined)
    return { outcome: "in a stack that the config does not call for", reason: address };
  const { least, most } = countOf(type, stack);
  const count = resources.length;
  const problems = [
    ...(count >= least && count <= most ? [] : [`there are ${count}, not ${most}`]),
    ...twins(resources, fates),
    ...resources.flatMap((resource) =>
      problemsOf(resource, fates, { ...stack, resource, valuesOf: index.valuesOf }),
    ),
  ];
  if (problems.length === 0) return { outcome: AS_TABLE, reason: `${count} of it` };
  const more = problems.length - MAX_PROBLEMS;
  const shown = [...problems.slice(0, MAX_PROBLEMS), ...(more > 0 ? [`${more} more`] : [])];
  return { outcome: shown.join("; "), reason: "see tools/verify/src/closed-world/table" };
}

function problemsOf(resource: ResourceInstance, fates: Fates, context: AttributeContext): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [path, value] of leavesOf(resource.values, fates)) {
    seen.add(path);
    const fate = fates.get(path);
    if (fate === undefined)
      problems.push(`${resource.address}: ${path} must not be set, and is ${shown(value)}`);
    else if (fate.kind === "fixed") {
      const problem = problemOf(value, valueOf(fate.value, context));
      if (problem !== undefined) problems.push(`${resource.address}: ${path} ${problem}`);
    }
  }
  for (const [path, fate] of fates) {
    if (fate.kind !== "fixed" || seen.has(path)) continue;
    const expected = valueOf(fate.value, context);
    if (!mayBeUnset(path, expected)) problems.push(`${resource.address}: ${path} is not set`);
  }
  return problems;
}

/** Attributes of types that do not have an `owner_id` lack it, as every attribute of a block lacks with its block. */
function mayBeUnset(path: string, expected: Expected): boolean {
  if (path === "owner_id" || isUnset(expected) || expected === JUDGED_BY_MATRICES) return true;
  return expected instanceof OneOf && (expected.values.length === 0 || expected.values.some(isUnset));
}

function problemOf(value: unknown, expected: Expected): string | undefined {
  if (expected === JUDGED_BY_MATRICES) return undefined;
  if (expected instanceof Statements) return expected.problemOf(value);
  if (expected instanceof OneOf) {
    const known = new Set(expected.values.map(canonical));
    const strange = [value].flat().find((each) => !known.has(canonical(each)));
    return strange === undefined ? undefined : `is ${shown(strange)}, which the config does not call for`;
  }
  if (canonical(value) === canonical(expected)) return undefined;
  return isUnset(expected)
    ? `must not be set, and is ${shown(value)}`
    : `is ${shown(value)}, not ${shown(expected)}`;
}

/** Two resources that differ in nothing but what AWS assigns, or claim the same id. */
function twins(resources: readonly ResourceInstance[], fates: Fates): readonly string[] {
  if (resources.length < 2) return [];
  const known = new Map<string, string>();
  return resources.flatMap((resource) => {
    const leaves = leavesOf(resource.values, fates).filter(([path]) => !isAssigned(fates.get(path)));
    // The id of a function's permission is its name within the function.
    const id = `${text(resource, "function_name")} ${text(resource, "id") || resource.address}`;
    const keys = [canonical(Object.fromEntries(leaves)), `id ${id}`];
    const twin =
      leaves.length === 0 ? undefined : keys.map((key) => known.get(key)).find((each) => each !== undefined);
    for (const key of keys) known.set(key, resource.address);
    return twin === undefined ? [] : [`${resource.address} is the same as ${twin}`];
  });
}

/** AWS assigns other ids to a twin. */
function isAssigned(fate: Fate | undefined): boolean {
  return fate?.kind === "free" && fate.reason.startsWith("assigned");
}

function canonical(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_key, each: unknown) => {
    if (Array.isArray(each)) return [...(each as string[])].sort();
    return isRecord(each) ? Object.fromEntries(Object.entries(each).sort()) : each;
  });
}

function shown(value: unknown): string {
  const words = typeof value === "string" ? value : JSON.stringify(value ?? "nothing");
  return words.length > 120 ? `${words.slice(0, 119)}…` : words;
}

/** The managed resources by stack and type, and lookups in them that are worked out once. */
class ResourceIndex {
  readonly groups = new Map<string, ResourceInstance[]>();
  readonly #values = new Map<string, readonly unknown[]>();

  constructor(resources: readonly ResourceInstance[]) {
    for (const resource of resources) {
      if (resource.mode !== "managed") continue;
      const key = rowName(resource.stack, resource.type);
      const group = this.groups.get(key);
      if (group === undefined) this.groups.set(key, [resource]);
      else group.push(resource);
    }
  }

  readonly valuesOf: AttributeContext["valuesOf"] = (stack, type, attribute, part = "") => {
    const key = `${stack} ${type} ${attribute} ${part}`;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const values = (this.groups.get(rowName(stack, type)) ?? [])
      .filter(({ address }) => address.includes(part))
      .map((resource) => resource.values[attribute])
      .filter((value) => value !== undefined);
    this.#values.set(key, values);
    return values;
  };
}
