import { childrenOf, type XmlElement } from "../../server/xml";
import type { Step } from "../constraint";
import { membersOf, shapeOf, type Shape, type ShapeRef } from "../service-model";
import type { Value } from "../shape-check";
import { scalarOf, type Reading } from "./reading";

/**
 * A value of an XML body.
 *
 * An element that the model does not have is a violation: Route 53 and S3 check a body against their XML schema.
 */
export function readXml(
  reading: Reading,
  reference: ShapeRef,
  element: XmlElement,
  path: readonly Step[],
): Value {
  const shape = shapeOf(reading.model, reference);
  if (shape.type === "structure") return readStructure(reading, shape, reference, element, path);
  if (shape.type === "list")
    return childrenOf(element).map((entry, index) =>
      shape.member ? readXml(reading, shape.member, entry, [...path, index + 1]) : undefined,
    );
  // No input of a REST service in XML has a map.
  return scalarOf(reading, reference, shape, textOf(element), path);
}

function readStructure(
  reading: Reading,
  shape: Shape,
  reference: ShapeRef,
  element: XmlElement,
  path: readonly Step[],
): Value {
  const value: Record<string, Value> = {};
  const known = new Set<string>();
  const children = childrenOf(element);
  for (const [name, member] of membersOf(shape)) {
    if (member.location !== undefined) continue;
    const wire = member.locationName ?? name;
    if (member.xmlAttribute === true) {
      value[name] = element.attributes[wire];
      continue;
    }
    const list = shapeOf(reading.model, member);
    const flat = list.type === "list" && (list.flattened === true || member.flattened === true);
    known.add(wire);
    const found = children.filter((child) => localName(child) === wire);
    const [first] = found;
    if (first === undefined) continue;
    value[name] = flat
      ? found.map((entry, index) =>
          list.member ? readXml(reading, list.member, entry, [...path, name, index + 1]) : undefined,
        )
      : readXml(reading, member, first, [...path, name]);
  }
  for (const child of children)
    if (!known.has(localName(child)))
      reading.violate(reference, [...path, localName(child)], { kind: "unknown" });
  return value;
}

function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(":") + 1);
}

function textOf(element: XmlElement): string {
  return element.children.filter((part) => typeof part === "string").join("");
}
