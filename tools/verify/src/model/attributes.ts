import { isRecord, type ResourceInstance } from "@studio-access/terraform";

import { groupBy } from "../matrices/matrix";

type ByType = ReadonlyMap<string, readonly ResourceInstance[]>;

/** Stays valid because a state is never changed: a changed one is a list of its own. */
const BY_TYPE = new WeakMap<readonly ResourceInstance[], ByType>();

/** Resources of one type, data sources included. */
export function ofType(resources: readonly ResourceInstance[], type: string): readonly ResourceInstance[] {
  const byType = BY_TYPE.get(resources) ?? groupBy(resources, (resource) => resource.type);
  BY_TYPE.set(resources, byType);
  return byType.get(type) ?? [];
}

/** Resources of one type by a text attribute, so that a lookup costs the same in a large state. */
export function byText(
  resources: readonly ResourceInstance[],
  type: string,
  name: string,
): (value: string) => readonly ResourceInstance[] {
  const groups = groupBy(ofType(resources, type), (resource) => text(resource, name));
  return (value) => groups.get(value) ?? [];
}

/** A text attribute; empty when it is absent, null or of another type. */
export function text({ values }: Pick<ResourceInstance, "values">, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

export function texts({ values }: Pick<ResourceInstance, "values">, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** @returns undefined when the attribute is no number, or is -1, which stands for "all" in EC2's rules */
export function port({ values }: Pick<ResourceInstance, "values">, name: string): number | undefined {
  const value = values[name];
  return typeof value === "number" && value >= 0 ? value : undefined;
}

export function flag({ values }: Pick<ResourceInstance, "values">, name: string): boolean {
  return values[name] === true;
}

/** Nested blocks, each in the shape of a resource so that the readers above work on it. */
export function blocks(
  { values }: Pick<ResourceInstance, "values">,
  name: string,
): readonly Pick<ResourceInstance, "values">[] {
  const value = values[name];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => (isRecord(item) ? [{ values: item }] : []));
}
