import { isRecord } from "@studio-access/terraform";

/** An attribute's value, by its path: `vpc_config.subnet_ids`. Blocks have no numbers in it: each has the same rules. */
export type Leaf = readonly [path: string, value: unknown];

/** Whether an attribute has no value, or the zero value by which Terraform writes that it has none. */
export function isUnset(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === "" || value === false || value === 0;
}

/** Every attribute with a value, also those of nested blocks and of maps: as a whole at a path that `known` holds. */
export function leavesOf(
  values: Readonly<Record<string, unknown>>,
  known: Pick<ReadonlySet<string>, "has">,
): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collect(values, "", known, leaves);
  return leaves;
}

function collect(
  value: unknown,
  path: string,
  known: Pick<ReadonlySet<string>, "has">,
  leaves: Leaf[],
): void {
  if (isUnset(value)) return;
  if (known.has(path)) leaves.push([path, value]);
  else if (isRecord(value)) {
    for (const name in value) collect(value[name], path === "" ? name : `${path}.${name}`, known, leaves);
  } else if (Array.isArray(value) && value.some(isRecord)) {
    for (const item of value) collect(item, path, known, leaves);
  } else leaves.push([path, value]);
}
