/** A changed attribute of a resource. */
export type AttributeChange =
  | { readonly attribute: string; readonly sensitive: true }
  | {
      readonly attribute: string;
      readonly sensitive: false;
      readonly before: unknown;
      readonly after: unknown;
    };

/** A value and its sensitive parts: `true` for the whole value, or the same structure with `true` in some places. */
export interface Masked {
  readonly value: unknown;
  readonly sensitive: unknown;
}

/**
 * The attributes that differ, each with its path: `tags.Owner`, `rule[0].status`. A value that is sensitive on either
 * side is left out, together with everything below it.
 *
 * Null, undefined and an empty string, list or object count as equal, since AWS and its provider do not distinguish them.
 */
export function attributeChanges(before: Masked, after: Masked): AttributeChange[] {
  return differences("", before, after);
}

function differences(path: string, before: Masked, after: Masked): AttributeChange[] {
  if (isSame(before.value, after.value)) return [];
  if (before.sensitive === true || after.sensitive === true) return [{ attribute: path, sensitive: true }];
  const keys = commonKeys(before.value, after.value);
  if (keys === undefined)
    return holdsSensitive(before.sensitive) || holdsSensitive(after.sensitive)
      ? [{ attribute: path, sensitive: true }]
      : [{ attribute: path, sensitive: false, before: before.value ?? null, after: after.value ?? null }];
  return keys.flatMap((key) => differences(step(path, key), at(before, key), at(after, key)));
}

/** All keys of two lists or two objects, where one of the two may be missing; undefined for other values. */
function commonKeys(before: unknown, after: unknown): readonly (string | number)[] | undefined {
  const [a, b] = [before ?? after, after ?? before];
  if (Array.isArray(a) && Array.isArray(b)) return [...Array(Math.max(a.length, b.length)).keys()];
  if (isObject(a) && isObject(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return undefined;
}

function at({ value, sensitive }: Masked, key: string | number): Masked {
  return { value: child(value, key), sensitive: child(sensitive, key) };
}

function child(parent: unknown, key: string | number): unknown {
  if (Array.isArray(parent)) return parent[Number(key)] as unknown;
  return isObject(parent) ? parent[key] : undefined;
}

function step(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isSame(a: unknown, b: unknown): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  const keys = commonKeys(a, b);
  return keys === undefined ? a === b : keys.every((key) => isSame(child(a, key), child(b, key)));
}

/** Whether a value is empty or holds only empty values. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.values(value).every(isEmpty);
  return value === null || value === undefined || value === "";
}

function holdsSensitive(mask: unknown): boolean {
  if (Array.isArray(mask)) return mask.some(holdsSensitive);
  return isObject(mask) ? Object.values(mask).some(holdsSensitive) : mask === true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
