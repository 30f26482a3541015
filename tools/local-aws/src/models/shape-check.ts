import type { Constraint, Step, Violation } from "./constraint";
import { patternOf, type Pattern } from "./pattern";
import { membersOf, shapeOf, type ServiceModel, type Shape, type ShapeRef } from "./service-model";

/** A read value: structures and maps are objects, lists are arrays, and blobs are base64 or buffers. */
export type Value = unknown;

/** Finds what in a value violates its shape. Types were checked when the value was read. */
export class ShapeCheck {
  readonly #model: ServiceModel;
  readonly #patterns = new Map<string, Pattern | undefined>();

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  violations(reference: ShapeRef, value: Value): Violation[] {
    const found: Violation[] = [];
    this.#check(reference, value, [], found);
    return found;
  }

  #check(reference: ShapeRef, value: Value, path: readonly Step[], found: Violation[]): void {
    const shape = shapeOf(this.#model, reference);
    const violate = (constraint: Constraint): void => {
      const sensitive = shape.sensitive === true;
      found.push({ path, constraint, value, sensitive, shape: reference.shape });
    };
    switch (shape.type) {
      case "structure":
        this.#checkStructure(reference.shape, shape, value as Record<string, Value>, path, found);
        return;
      case "list": {
        const list = value as Value[];
        checkSize(shape, list.length, violate);
        const { member } = shape;
        if (member)
          list.forEach((entry, index) => {
            this.#check(member, entry, [...path, index + 1], found);
          });
        return;
      }
      case "map":
        this.#checkMap(shape, value as Record<string, Value>, path, found, violate);
        return;
      case "string":
        this.#checkText(shape, value as string, violate);
        return;
      case "blob":
        checkSize(shape, sizeOfBlob(value), violate);
        return;
      case "integer":
      case "long":
      case "float":
      case "double":
        checkNumber(shape, value as number, violate);
        return;
      case "boolean":
      case "character":
      case "timestamp":
    }
  }

  #checkStructure(
    name: string,
    shape: Shape,
    value: Readonly<Record<string, Value>>,
    path: readonly Step[],
    found: Violation[],
  ): void {
    for (const required of shape.required ?? []) {
      if (value[required] === undefined)
        found.push({
          path: [...path, required],
          constraint: { kind: "required" },
          value: undefined,
          sensitive: false,
          shape: name,
        });
    }
    if (shape.document === true) return;
    for (const [member, reference] of membersOf(shape)) {
      const entry = value[member];
      if (entry !== undefined) this.#check(reference, entry, [...path, member], found);
    }
  }

  #checkMap(
    shape: Shape,
    value: Readonly<Record<string, Value>>,
    path: readonly Step[],
    found: Violation[],
    violate: (constraint: Constraint) => void,
  ): void {
    const entries = Object.entries(value);
    checkSize(shape, entries.length, violate);
    for (const [key, entry] of entries) {
      if (shape.key) this.#check(shape.key, key, [...path, { map: "key" }], found);
      if (shape.value) this.#check(shape.value, entry, [...path, { map: "value" }], found);
    }
  }

  #checkText(shape: Shape, value: string, violate: (constraint: Constraint) => void): void {
    checkSize(shape, value.length, violate);
    if (shape.enum?.includes(value) === false) violate({ kind: "enum", values: shape.enum });
    if (shape.pattern !== undefined && this.#pattern(shape.pattern)?.(value) === false)
      violate({ kind: "pattern", pattern: shape.pattern });
  }

  #pattern(java: string): Pattern | undefined {
    if (!this.#patterns.has(java)) this.#patterns.set(java, patternOf(java));
    return this.#patterns.get(java);
  }
}

function checkSize(shape: Shape, size: number, violate: (constraint: Constraint) => void): void {
  if (shape.min !== undefined && size < shape.min) violate({ kind: "min-length", limit: shape.min });
  if (shape.max !== undefined && size > shape.max) violate({ kind: "max-length", limit: shape.max });
}

function checkNumber(shape: Shape, value: number, violate: (constraint: Constraint) => void): void {
  if (shape.min !== undefined && value < shape.min) violate({ kind: "min-value", limit: shape.min });
  if (shape.max !== undefined && value > shape.max) violate({ kind: "max-value", limit: shape.max });
}

/** Bytes of a blob, which JSON and the Query protocol carry as base64. */
function sizeOfBlob(value: Value): number {
  if (typeof value === "string") return Math.floor((value.replace(/=+$/, "").length * 3) / 4);
  return Buffer.isBuffer(value) ? value.length : 0;
}
