import type { AwsCall } from "../../server/call";
import { parseXml, type XmlElement } from "../../server/xml";
import type { Step } from "../constraint";
import { membersOf, shapeOf, type Shape, type ShapeRef } from "../service-model";
import type { Value } from "../shape-check";
import { readJson } from "./json-body";
import { scalarOf, type Reading } from "./reading";
import { readXml } from "./xml-body";

/** How a REST protocol writes bodies. */
type Body = "json" | "xml";

/**
 * The input of a call in a REST protocol: from the path, the query, the headers and the body. Parameters of the query and
 * headers that the model does not have are ignored, as AWS does.
 *
 * @throws {SyntaxError} when the body is not of the protocol's format
 */
export function readRest(
  reading: Reading,
  reference: ShapeRef,
  call: AwsCall,
  labels: Readonly<Record<string, string>>,
  body: Body,
): Value {
  const shape = shapeOf(reading.model, reference);
  const value: Record<string, Value> = { ...(readBody(reading, reference, shape, call, body) ?? {}) };
  for (const [name, member] of membersOf(shape)) {
    if (member.location === undefined) continue;
    value[name] = readPlace(reading, name, member, call, labels);
  }
  return value;
}

function readPlace(
  reading: Reading,
  name: string,
  member: ShapeRef,
  call: AwsCall,
  labels: Readonly<Record<string, string>>,
): Value {
  const { locationName = name } = member;
  const shape = shapeOf(reading.model, member);
  const scalar = (text: string, reference: ShapeRef, path: readonly Step[]): Value =>
    scalarOf(reading, reference, shapeOf(reading.model, reference), text, path);
  if (member.location === "uri") {
    const label = labels[locationName];
    return label === undefined ? undefined : scalar(label, member, [name]);
  }
  // Headers with a common prefix, such as S3's metadata, have no constraint in any model.
  if (member.location !== "querystring" && member.location !== "header") return undefined;
  const texts =
    member.location === "querystring"
      ? call.url.searchParams.getAll(locationName)
      : headerTexts(call, locationName, shape);
  const entry = shape.member;
  if (texts[0] === undefined || shape.type === "map") return undefined;
  if (shape.type !== "list" || entry === undefined) return scalar(texts[0], member, [name]);
  return texts.map((text, index) => scalar(text, entry, [name, index + 1]));
}

/** A header's value; the parts between commas for a list. */
function headerTexts(call: AwsCall, name: string, shape: Shape): string[] {
  const text = call.headers[name.toLowerCase()];
  if (typeof text !== "string") return [];
  return shape.type === "list" ? text.split(",").map((part) => part.trim()) : [text];
}

function readBody(
  reading: Reading,
  reference: ShapeRef,
  shape: Shape,
  call: AwsCall,
  format: Body,
): Record<string, Value> | undefined {
  if (call.body.length === 0) return undefined;
  const payload = shape.payload === undefined ? undefined : shape.members?.[shape.payload];
  if (shape.payload !== undefined && payload !== undefined) {
    const { type } = shapeOf(reading.model, payload);
    if (type === "blob") return { [shape.payload]: call.body };
    if (type === "string") return { [shape.payload]: call.body.toString() };
    const content =
      format === "json"
        ? readJson(reading, payload, JSON.parse(call.body.toString()), [shape.payload])
        : readXml(reading, payload, xmlOf(call), [shape.payload]);
    return { [shape.payload]: content };
  }
  // An operation without members in its body may get a body: SDKs send `{}`.
  if (!membersOf(shape).some(([, member]) => member.location === undefined)) return undefined;
  const value =
    format === "json"
      ? readJson(reading, reference, JSON.parse(call.body.toString()), [])
      : readXml(reading, reference, xmlOf(call), []);
  return value as Record<string, Value> | undefined;
}

function xmlOf(call: AwsCall): XmlElement {
  return parseXml(call.body.toString());
}
