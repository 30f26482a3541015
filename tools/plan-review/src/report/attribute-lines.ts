import { hasSecretName } from "../model/secrets";
import { marksBelow, child } from "../model/marks";
import { isRecord } from "@studio-access/terraform";
import type { AttributePath, Change, Marks } from "../model";
import { SENSITIVE, type Mask } from "./masking";
import { isDocument, policyLines } from "./policy-lines";
import { valueText, visible } from "./value-text";

/** A value on one side of a change, with what is known of its parts. */
interface Side {
  readonly value: unknown;
  readonly sensitive: Marks;
  readonly unknown: Marks;
}

interface Place {
  /** `tags.Owner`, `ingress[0].cidr_blocks`. */
  readonly path: string;
  readonly mask: Mask;
  /** A note behind the attribute that makes Terraform replace the resource. */
  readonly note: string;
}

const LATER = "(known after the apply)";

/** Attributes that AWS or the provider fill in, and that repeat others. */
const REPEATED: ReadonlySet<string> = new Set(["tags_all"]);

/**
 * A change of attributes as the lines of a diff: `- ` was, `+ ` will be, two spaces for other lines. Masked.
 *
 * @param replacePaths attributes because of which a resource is replaced
 */
export function attributeLines(
  change: Change,
  mask: Mask,
  replacePaths: readonly AttributePath[] = [],
): readonly string[] {
  const before: Side = { value: change.before, sensitive: change.beforeSensitive, unknown: false };
  const after: Side = { value: change.after, sensitive: change.afterSensitive, unknown: change.afterUnknown };
  const forcing = new Set(replacePaths.map(([first]) => String(first)));
  const names = keysOf(before, after).filter((name) => !isRepeated(name, change));
  // Most attributes of a new resource are known only after the apply and share one line. A policy always has its own
  // lines.
  const isMinor = (name: string): boolean =>
    marksBelow(after.unknown, name) === true && !forcing.has(name) && !isDocument(child(before.value, name));
  const later = names.filter(isMinor);
  const lines = names
    .filter((name) => !later.includes(name))
    .flatMap((name) => {
      const place = { path: name, mask, note: forcing.has(name) ? "  # replaces it" : "" };
      return linesOf(at(before, name), at(after, name), place);
    });
  const all = later.length === 0 ? lines : [...lines, `  known after the apply: ${later.join(", ")}`];
  // Attribute names are masked too: the keys of a map are free text.
  return all.map((line) => visible(mask(line)));
}

/** `tags_all` repeats `tags` and adds the provider's default tags; it is shown only where `tags` does not change. */
function isRepeated(name: string, { kind, before, after }: Change): boolean {
  if (!REPEATED.has(name)) return false;
  const isWhole = kind === "create" || kind === "delete";
  return isWhole || !same(child(before, "tags"), child(after, "tags"));
}

function linesOf(before: Side, after: Side, place: Place): readonly string[] {
  const { path, mask, note } = place;
  if (isHidden(before, path) || isHidden(after, path)) return hiddenLines(before, after, place);
  if (after.unknown === true) {
    const old = isDocument(before.value) ? policyLines(before.value, null, mask) : undefined;
    if (old !== undefined)
      return [`  ${path}, which is known after the apply, was:${note}`, ...old.map(indented)];
    const was = isEmpty(before.value) ? [] : [`- ${path} = ${valueText(before.value, mask)}${note}`];
    return [...was, `+ ${path} = ${LATER}${was.length === 0 ? note : ""}`];
  }
  if (same(before.value, after.value) && !hasMark(after.unknown)) return [];
  const policy = policyLines(before.value, after.value, mask);
  if (policy !== undefined) return [`  ${path}:${note}`, ...policy.map(indented)];
  const json = [fromJson(before), fromJson(after)] as const;
  if (json[0] !== undefined && json[1] !== undefined && [before, after].some(isText))
    return linesOf(json[0], json[1], place);
  if (isListOrNone(before.value) && isListOrNone(after.value)) return listLines(before, after, place);
  if (isRecordOrNone(before.value) && isRecordOrNone(after.value))
    return keysOf(before, after).flatMap((key) =>
      linesOf(at(before, key), at(after, key), { ...place, path: `${path}.${key}` }),
    );
  return [
    ...(isEmpty(before.value) ? [] : [`- ${path} = ${valueText(before.value, mask)}${note}`]),
    ...(isEmpty(after.value) ? [] : [`+ ${path} = ${valueText(after.value, mask)}${note}`]),
  ];
}

function isText({ value }: Side): boolean {
  return typeof value === "string" && value !== "";
}

/** The content of a JSON text; null stays null. @returns undefined for any other value */
function fromJson({ value, sensitive, unknown }: Side): Side | undefined {
  if (isEmpty(value)) return { value, sensitive, unknown };
  if (typeof value !== "string" || !/^[[{]/.test(value)) return undefined;
  try {
    return { value: JSON.parse(value) as unknown, sensitive: false, unknown: false };
  } catch {
    return undefined;
  }
}

/** Items that both lists have are left out; the change of a single item is shown inside that item. */
function listLines(before: Side, after: Side, place: Place): readonly string[] {
  const was = itemsOf(before);
  const will = itemsOf(after);
  const removed = without(was, will);
  const added = without(will, was);
  const [only] = removed;
  const [other] = added;
  if (only !== undefined && other !== undefined && removed.length === 1 && added.length === 1)
    if (isRecord(only.value) && isRecord(other.value))
      return linesOf(only, other, { ...place, path: `${place.path}[${was.indexOf(only)}]` });
  if (removed.length + added.length === 0)
    return hasMark(after.unknown) ? [`+ ${place.path}: some ${LATER}`] : [];
  return [
    `  ${place.path}:${place.note}`,
    ...removed.map((item) => `-   ${itemText(item, place)}`),
    ...added.map((item) => `+   ${itemText(item, place)}`),
  ];
}

function itemText(item: Side, { mask, path }: Place): string {
  if (item.unknown === true) return LATER;
  // A part of the value is secret or still unknown, so the whole value is hidden.
  if (hasMark(item.sensitive)) return SENSITIVE;
  return isHidden(item, path) ? SENSITIVE : valueText(withoutSecrets(item.value), mask);
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isRecord(value)) return value;
  const shown = Object.entries(value).filter(([, item]) => !isEmpty(item));
  return Object.fromEntries(
    shown.map(([key, item]) => [key, hasSecretName(key) ? SENSITIVE : withoutSecrets(item)]),
  );
}

function hiddenLines(before: Side, after: Side, { path, note }: Place): readonly string[] {
  const isOther = after.unknown === true || !same(before.value, after.value);
  if (!isOther) return [];
  if (isEmpty(before.value)) return [`+ ${path} = ${SENSITIVE}${note}`];
  if (isEmpty(after.value) && after.unknown !== true) return [`- ${path} = ${SENSITIVE}${note}`];
  return [`- ${path} = ${SENSITIVE}`, `+ ${path} = ${SENSITIVE}, another one${note}`];
}

function isHidden({ value, sensitive }: Side, path: string): boolean {
  const name = /(\w+)(?:\[\d+\])?$/.exec(path)?.[1] ?? "";
  // Of a value with secret parts, only the parts are hidden.
  return sensitive === true || (hasSecretName(name) && typeof value === "string");
}

function itemsOf({ value, sensitive, unknown }: Side): readonly Side[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((item, index) => ({
    value: item,
    sensitive: marksBelow(sensitive, index),
    unknown: marksBelow(unknown, index),
  }));
}

/** The multiset difference: each item of `others` removes one equal item. */
function without(items: readonly Side[], others: readonly Side[]): readonly Side[] {
  const left = others.map(({ value }) => JSON.stringify(value));
  return items.filter(({ value, unknown }) => {
    const found = hasMark(unknown) ? -1 : left.indexOf(JSON.stringify(value));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

function keysOf(before: Side, after: Side): readonly string[] {
  const parts = [before.value, after.value, after.unknown].filter(isRecord);
  return [...new Set(parts.flatMap((part) => Object.keys(part)))].sort();
}

function at({ value, sensitive, unknown }: Side, key: string): Side {
  return {
    value: child(value, key),
    sensitive: marksBelow(sensitive, key),
    unknown: marksBelow(unknown, key),
  };
}

function isListOrNone(value: unknown): boolean {
  return Array.isArray(value) || value === null || value === undefined;
}

function isRecordOrNone(value: unknown): boolean {
  return isRecord(value) || value === null || value === undefined;
}

function hasMark(marks: Marks): boolean {
  return typeof marks === "object" ? Object.values(marks).some((below: Marks) => hasMark(below)) : marks;
}

function same(before: unknown, after: unknown): boolean {
  if (isEmpty(before) && isEmpty(after)) return true;
  return JSON.stringify(before) === JSON.stringify(after);
}

/**
 * Null, an empty text, an empty list and an empty object count as equal: AWS and its provider do not distinguish them.
 */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.values(value).every(isEmpty);
  return value === null || value === undefined || value === "";
}

function indented(line: string): string {
  return `${line.slice(0, 2)}  ${line.slice(2)}`;
}
