import type { AwsCall } from "../../server/call";
import { childrenOf, parseXml, renderXml, type XmlElement } from "../../server/xml";
import { OperationFinder } from "../operation-finder";
import { patternOf } from "../pattern";
import { capitalized } from "../reading/reading";
import { membersOf, shapeOf, type ServiceModel, type Shape, type ShapeRef } from "../service-model";

/** A recorded call with one value that AWS refuses. */
export interface Breakage {
  /** `sts AssumeRole: RoleSessionName too long` */
  readonly name: string;
  readonly kind: BreakageKind;
  readonly call: AwsCall;
}

type BreakageKind =
  | "missing"
  | "too long"
  | "too short"
  | "not in enumeration"
  | "against pattern"
  | "out of range"
  | "wrong type";

/** A value that breaks a constraint; undefined when the member is to be left out. */
interface BadValue {
  readonly kind: BreakageKind;
  readonly value: string | number | undefined;
}

/** Breaks a call in every way that its model and what it holds allow, one value at a time. */
export function breakagesOf(model: ServiceModel, call: AwsCall): Breakage[] {
  const finder = new OperationFinder(model);
  const called = finder.find(call);
  const input = called?.operation.input;
  if (called === undefined || input === undefined) return [];
  const shape = shapeOf(model, input);
  return membersOf(shape).flatMap(([member, reference]) => {
    const bad = badValues(shapeOf(model, reference));
    const required = shape.required?.includes(member) === true;
    const missing: BadValue[] = required ? [{ kind: "missing", value: undefined }] : [];
    return [...missing, ...bad].flatMap(({ kind, value }) => {
      const broken = withMember(model, call, member, reference, value);
      const name = `${call.service} ${called.operation.name}: ${member} ${kind}`;
      // Without one of its own parameters a call of S3 may be one of another operation.
      const same = broken && finder.find(broken)?.operation === called.operation;
      return same ? [{ name, kind, call: broken }] : [];
    });
  });
}

/** Longest value that is written out. */
const LONGEST = 3000;
const STRANGE = ["\u0001", "~", " ", "!", "\u00e9"];

function badValues(shape: Shape): BadValue[] {
  const { min, max, pattern } = shape;
  const number = ["integer", "long", "float", "double"].includes(shape.type);
  const bad: (BadValue | undefined)[] = [];
  if (shape.type === "string") {
    if (max !== undefined && max < LONGEST) bad.push({ kind: "too long", value: "x".repeat(max + 1) });
    if (min !== undefined && min > 0) bad.push({ kind: "too short", value: "" });
    if (shape.enum) bad.push({ kind: "not in enumeration", value: "NoSuchValue" });
    const matches = pattern === undefined ? undefined : patternOf(pattern);
    const strange = matches && STRANGE.find((text) => !matches(text));
    if (strange !== undefined) bad.push({ kind: "against pattern", value: strange });
  }
  if (number && max !== undefined) bad.push({ kind: "out of range", value: max + 1 });
  if (number && min !== undefined) bad.push({ kind: "out of range", value: min - 1 });
  if (number || shape.type === "boolean") bad.push({ kind: "wrong type", value: "abc" });
  return bad.filter((value) => value !== undefined);
}

/** The call with another value of a member of its input; undefined when it does not hold the member. */
function withMember(
  model: ServiceModel,
  call: AwsCall,
  member: string,
  reference: ShapeRef,
  value: BadValue["value"],
): AwsCall | undefined {
  const wire = reference.locationName ?? member;
  if (reference.location === "querystring") return withParameter(call, wire, value);
  if (reference.location !== undefined) return undefined;
  switch (model.metadata.protocol) {
    case "rest-xml":
      return withElement(call, wire, value);
    case "ec2":
      return withField(call, reference.queryName ?? capitalized(wire), value);
    case "query":
      return withField(call, wire, value);
    default:
      return withProperty(call, wire, value);
  }
}

function withParameter(call: AwsCall, name: string, value: BadValue["value"]): AwsCall | undefined {
  const url = new URL(call.url);
  if (!url.searchParams.has(name)) return undefined;
  if (value === undefined) url.searchParams.delete(name);
  else url.searchParams.set(name, String(value));
  return { ...call, url };
}

function withField(call: AwsCall, name: string, value: BadValue["value"]): AwsCall | undefined {
  const form = new URLSearchParams(call.body.toString());
  const fields = [...form.keys()].filter((key) => key === name || key.startsWith(`${name}.`));
  if (fields.length === 0 || (value !== undefined && !form.has(name))) return undefined;
  for (const field of fields) form.delete(field);
  if (value !== undefined) form.set(name, String(value));
  return { ...call, body: Buffer.from(form.toString()) };
}

function withProperty(call: AwsCall, name: string, value: BadValue["value"]): AwsCall | undefined {
  if (!call.body.toString().startsWith("{")) return undefined;
  const body = JSON.parse(call.body.toString()) as Record<string, unknown>;
  return name in body
    ? { ...call, body: Buffer.from(JSON.stringify({ ...body, [name]: value })) }
    : undefined;
}

function withElement(call: AwsCall, name: string, value: BadValue["value"]): AwsCall | undefined {
  if (!call.body.toString().startsWith("<")) return undefined;
  const root = parseXml(call.body.toString());
  const found = childrenOf(root).find((child) => child.name === name);
  if (found === undefined) return undefined;
  const isLeaf = childrenOf(found).length === 0;
  if (value !== undefined && !isLeaf) return undefined;
  const children = root.children.filter((child) => child !== found);
  const changed: XmlElement = {
    ...root,
    children: value === undefined ? children : [...children, { ...found, children: [String(value)] }],
  };
  return { ...call, body: Buffer.from(renderXml(changed)) };
}
