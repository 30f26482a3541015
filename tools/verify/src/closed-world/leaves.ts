import { isRecord } from "@studio-access/terraform";

/** An attribute's value, by its path: `vpc_config.subnet_ids`. Blocks have no numbers in it: each has the same rules. */
export type Leaf = readonly [path: string, value: unknown];

/** Whether an attribute has no value, or the zero value by which Terraform writes that it has none. */
export function isUnset(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === null || value === undefined || value === "" || value === false || value === 0;
}

/** Every attribute with a value, also those of nested blocks and of maps. A list of texts or numbers is one value. */
export function leavesOf(values: Readonly<Record<string, unknown>>): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collect(values, "", leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Leaf[]): void {
  if (isUnset(value)) return;
  if (isRecord(value)) {
    for (const name in value) collect(value[name], path === "" ? name : `${path}.${name}`, leaves);
  } else if (Array.isArray(value) && value.some(isRecord)) {
    for (const item of value) collect(item, path, leaves);
  } else leaves.push([path, value]);
}
