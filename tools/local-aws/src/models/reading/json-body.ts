import type { Step } from "../constraint";
import { membersOf, shapeOf, type Shape, type ShapeRef, type ShapeType } from "../service-model";
import type { Value } from "../shape-check";
import { capitalized, type Reading } from "./reading";

/**
 * A value of a JSON body, or of one in CBOR, which has JSON's types and blobs besides.
 *
 * Members that the model does not have are left out: AWS's JSON services ignore them too. A wrong type is a violation, as
 * it is a SerializationException there.
 */
export function readJson(reading: Reading, reference: ShapeRef, json: unknown, path: readonly Step[]): Value {
  if (json === null || json === undefined) return undefined;
  const shape = shapeOf(reading.model, reference);
  const wrong = (): Value =>
    reading.violate(reference, path, { kind: "type", words: misplaced(json, shape.type) });
  const { member, value } = shape;
  if (shape.document === true) return json;
  if (shape.type === "structure")
    return isObject(json) ? readStructure(reading, reference, shape, json, path) : wrong();
  if (shape.type === "map" && value !== undefined) {
    if (!isObject(json)) return wrong();
    const entries = Object.entries(json);
    return Object.fromEntries(
      entries.map(([key, entry]) => [key, readJson(reading, value, entry, [...path, { map: "value" }])]),
    );
  }
  if (shape.type === "list" && member !== undefined) {
    if (!Array.isArray(json)) return wrong();
    return json.map((entry, index) => readJson(reading, member, entry, [...path, index + 1]));
  }
  return isScalar(json, shape.type) ? json : wrong();
}

function readStructure(
  reading: Reading,
  reference: ShapeRef,
  shape: Shape,
  json: Readonly<Record<string, unknown>>,
  path: readonly Step[],
): Value {
  const value: Record<string, Value> = {};
  for (const [name, member] of membersOf(shape)) {
    const wire = member.locationName ?? name;
    if (member.location === undefined && Object.hasOwn(json, wire))
      value[name] = readJson(reading, member, json[wire], [...path, name]);
  }
  if (reading.strict) refuseUnknown(reading, reference, shape, json, path);
  return value;
}

function refuseUnknown(
  reading: Reading,
  reference: ShapeRef,
  shape: Shape,
  json: Readonly<Record<string, unknown>>,
  path: readonly Step[],
): void {
  const known = new Set(membersOf(shape).map(([name, { locationName }]) => locationName ?? name));
  for (const name of Object.keys(json))
    if (!known.has(name)) reading.violate(reference, [...path, name], { kind: "unknown" });
}

/** Whether a scalar is of its type. CBOR has blobs, and writes a timestamp as a tag and a number. */
function isScalar(json: unknown, type: ShapeType): boolean {
  if (type === "timestamp") return ["number", "string"].includes(typeof json) || isTag(json);
  if (type === "blob" && Buffer.isBuffer(json)) return true;
  if (type === "boolean") return typeof json === "boolean";
  const isNumber = ["double", "float", "integer", "long"].includes(type);
  return typeof json === (isNumber ? "number" : "string");
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function isTag(json: unknown): boolean {
  return isObject(json) && "tag" in json && typeof json["value"] === "number";
}

/** AWS's words for a value of the wrong type. */
function misplaced(json: unknown, expected: ShapeType): string {
  if (Array.isArray(json)) return "Start of list found where not expected";
  if (typeof json === "object") return "Start of structure or map found where not expected.";
  if (expected === "list") return "Expected list or null";
  if (expected === "structure" || expected === "map") return "Expected structure or map, or null";
  const found = typeof json === "boolean" ? `${String(json).toUpperCase()}_VALUE` : NAMES[typeof json];
  return `${found ?? "The value"} can not be converted to ${expected === "integer" ? "an" : "a"} ${capitalized(expected)}`;
}

const NAMES: Readonly<Record<string, string>> = { string: "STRING_VALUE", number: "NUMBER_VALUE" };
