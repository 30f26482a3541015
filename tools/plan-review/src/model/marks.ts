import { isRecord } from "@studio-access/terraform";
import type { AttributePath, Marks } from "./resource-change";

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: AttributePath): unknown {
  return path.reduce<unknown>((parent, step) => child(parent, step), value);
}

/** Whether all that is at a path is marked. */
export function isMarked(marks: Marks, path: AttributePath): boolean {
  let here: unknown = marks;
  for (const step of path) {
    if (here === true) return true;
    here = child(here, step);
  }
  return here === true;
}

/** Marks as Terraform writes them: an absent mark means `false`, and so do an empty list and an empty object. */
export function readMarks(json: unknown): Marks {
  if (Array.isArray(json)) return json.map(readMarks);
  if (isRecord(json))
    return Object.fromEntries(Object.entries(json).map(([key, marks]) => [key, readMarks(marks)]));
  return json === true;
}

export function child(parent: unknown, step: string | number): unknown {
  if (Array.isArray(parent)) return parent[Number(step)] as unknown;
  return isRecord(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined;
}

/** Every text and number of a value, however deep, with the name of the attribute that holds it. */
export function leavesOf(value: unknown, name = ""): readonly (readonly [name: string, leaf: string])[] {
  if (typeof value === "string") return [[name, value]];
  if (typeof value === "number") return [[name, String(value)]];
  if (Array.isArray(value)) return value.flatMap((item: unknown) => leavesOf(item, name));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => leavesOf(item, key)) : [];
}

/** Every text and number of a value whose place is marked. */
export function markedLeaves(value: unknown, marks: Marks): readonly string[] {
  if (marks === true) return leavesOf(value).map(([, leaf]) => leaf);
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => markedLeaves(item, marksBelow(marks, index)));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => markedLeaves(item, marksBelow(marks, key)));
}

export function marksBelow(marks: Marks, step: string | number): Marks {
  if (marks === true) return true;
  const below = child(marks, step);
  return below === undefined ? false : (below as Marks);
}
