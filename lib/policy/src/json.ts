export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; one that stands alone is a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** One string or a list of at least one, as most elements of a policy allow. */
export function stringList(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((item) => typeof item === "string") ? list : undefined;
}

/** As {@link stringList}, for condition values, which may also be numbers and booleans. */
export function scalarList(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const scalars = list.filter(
    (item) => typeof item === "string" || typeof item === "number" || typeof item === "boolean",
  );
  return scalars.length === list.length && scalars.length > 0 ? scalars.map(String) : undefined;
}
