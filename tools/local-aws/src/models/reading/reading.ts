import type { Constraint, Step, Violation } from "../constraint";
import type { ServiceModel, Shape, ShapeRef, ShapeType } from "../service-model";
import type { Value } from "../shape-check";

/** Reads values from the wire, and collects what is not of its shape's type. */
export class Reading {
  readonly violations: Violation[] = [];

  /** @param strict - whether members that the model does not have are violations in JSON as well, as in an answer */
  constructor(
    readonly model: ServiceModel,
    readonly strict = false,
  ) {}

  /** Notes a violation. There is no value then. */
  violate(reference: ShapeRef, path: readonly Step[], constraint: Constraint, value?: unknown): Value {
    const sensitive = this.model.shapes[reference.shape]?.sensitive === true;
    this.violations.push({ path, constraint, value, sensitive, shape: reference.shape });
    return undefined;
  }
}

/** A number or a boolean that is written as text; other scalars stay text. */
export function scalarOf(
  reading: Reading,
  reference: ShapeRef,
  shape: Shape,
  text: string,
  path: readonly Step[],
): Value {
  const read = READERS[shape.type];
  if (read === undefined) return text;
  const value = read(text.trim());
  if (value !== undefined) return value;
  const article = shape.type === "integer" ? "an" : "a";
  const words = `${text} can not be converted to ${article} ${capitalized(shape.type)}`;
  return reading.violate(reference, path, { kind: "type", words }, text);
}

/** Undefined when the text is no value of the type. */
type ScalarReader = (text: string) => number | boolean | undefined;

const integer: ScalarReader = (text) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined);
const float: ScalarReader = (text) =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;

/** Types that are not simply text. */
const READERS: Readonly<Partial<Record<ShapeType, ScalarReader>>> = {
  integer,
  long: integer,
  float,
  double: float,
  boolean: (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined),
};

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
