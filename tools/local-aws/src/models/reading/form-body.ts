import type { Step } from "../constraint";
import { membersOf, shapeOf, type Shape, type ShapeRef } from "../service-model";
import type { Value } from "../shape-check";
import { capitalized, scalarOf, type Reading } from "./reading";

/** A parameter, and those that its name begins: `Filter.1.Name` is in `Filter`, and there in `1`. */
interface FormNode {
  text?: string;
  readonly children: Map<string, FormNode>;
}

/** How a protocol names members and entries. */
interface Naming {
  member(name: string, reference: ShapeRef): string;
  /** The step between a list and its numbers, such as `member`. */
  entries(list: Shape, reference: ShapeRef): string | undefined;
  /** Whether a parameter that the model lacks is refused. */
  readonly refusesUnknown: boolean;
}

const QUERY: Naming = {
  member: (name, reference) => reference.locationName ?? name,
  entries: (list, { flattened }) => {
    if (flattened === true || list.flattened === true) return undefined;
    return list.type === "map" ? "entry" : (list.member?.locationName ?? "member");
  },
  // IAM, STS, SNS and CloudWatch ignore parameters that they do not know.
  refusesUnknown: false,
};

const EC2: Naming = {
  member: (name, { queryName, locationName }) => queryName ?? capitalized(locationName ?? name),
  entries: () => undefined,
  // "The parameter X is not recognized", at every depth.
  refusesUnknown: true,
};

/** Parameters of every call, and those of a signature in the query. */
const COMMON =
  /^(?:Action|Version|AWSAccessKeyId|Signature|SignatureMethod|SignatureVersion|SecurityToken|Timestamp|Expires|X-Amz-.*)$/;

/** The input of a call in the Query protocol, or in EC2's variant of it. */
export function readForm(
  reading: Reading,
  reference: ShapeRef,
  form: URLSearchParams,
  protocol: "query" | "ec2",
): Value {
  const root: FormNode = { children: new Map() };
  for (const [name, text] of form) if (!COMMON.test(name)) place(root, name.split("."), text);
  return new FormReader(reading, protocol === "ec2" ? EC2 : QUERY).read(reference, root, []);
}

function place(root: FormNode, steps: readonly string[], text: string): void {
  let node = root;
  for (const step of steps) {
    const next: FormNode = node.children.get(step) ?? { children: new Map() };
    node.children.set(step, next);
    node = next;
  }
  node.text = text;
}

class FormReader {
  readonly #reading: Reading;
  readonly #naming: Naming;

  constructor(reading: Reading, naming: Naming) {
    this.#reading = reading;
    this.#naming = naming;
  }

  read(reference: ShapeRef, node: FormNode, path: readonly Step[]): Value {
    const shape = shapeOf(this.#reading.model, reference);
    if (shape.type === "structure") return this.#readStructure(reference, shape, node, path);
    if (shape.type === "map") return this.#readMap(shape, reference, node, path);
    if (shape.type === "list")
      return this.#entries(shape, reference, node).map((entry, index) =>
        shape.member ? this.read(shape.member, entry, [...path, index + 1]) : undefined,
      );
    if (node.text !== undefined) return scalarOf(this.#reading, reference, shape, node.text, path);
    const words = "start of structure or map found where not expected";
    return this.#reading.violate(reference, path, { kind: "type", words });
  }

  #readStructure(reference: ShapeRef, shape: Shape, node: FormNode, path: readonly Step[]): Value {
    const value: Record<string, Value> = {};
    const known = new Set<string>();
    for (const [name, member] of membersOf(shape)) {
      const wire = this.#naming.member(name, member);
      known.add(wire);
      const child = node.children.get(wire);
      if (child) value[name] = this.read(member, child, [...path, name]);
    }
    if (this.#naming.refusesUnknown)
      for (const name of node.children.keys())
        if (!known.has(name)) this.#reading.violate(reference, [...path, name], { kind: "unknown" });
    return value;
  }

  #readMap(shape: Shape, reference: ShapeRef, node: FormNode, path: readonly Step[]): Value {
    const { key, value } = shape;
    if (!key || !value) return undefined;
    const entries = this.#entries(shape, reference, node).map((entry): [string, Value] => {
      const name = entry.children.get(key.locationName ?? "key")?.text ?? "";
      const content = entry.children.get(value.locationName ?? "value");
      return [name, content && this.read(value, content, [...path, { map: "value" }])];
    });
    return Object.fromEntries(entries);
  }

  /** Entries by their numbers. An empty list is sent as its name alone. */
  #entries(shape: Shape, reference: ShapeRef, node: FormNode): FormNode[] {
    const step = this.#naming.entries(shape, reference);
    const numbered = step === undefined ? node : node.children.get(step);
    return [...(numbered?.children ?? [])]
      .filter(([number]) => /^\d+$/.test(number))
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, entry]) => entry);
  }
}
