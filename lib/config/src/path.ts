/** Where a value stands in a config: keys of objects and indices of lists. */
export type Path = readonly PropertyKey[];

/** `["linesOfBusiness", 1, "cidr"]` as `linesOfBusiness[1].cidr`; keys that are no words as `tags["aws:x"]`. */
export function renderPath(path: Path): string {
  return path.map(renderKey).join("").replace(/^\./, "");
}

function renderKey(key: PropertyKey): string {
  if (typeof key === "number") return `[${key}]`;
  const name = String(key);
  return /^[\w$-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isContainer(value) ? value[key] : undefined), root);
}

/**
 * Removes the value at a path: an object loses the key; a list keeps its length, so that the other indices stay right.
 */
export function clear(root: unknown, path: Path): void {
  const key = path.at(-1);
  const parent = valueAt(root, path.slice(0, -1));
  if (key === undefined || !isContainer(parent)) return;
  Reflect.deleteProperty(parent, key);
}

function isContainer(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}
