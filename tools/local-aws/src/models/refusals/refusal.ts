import type { AwsError } from "../../server/aws-error";
import type { Step, Violation } from "../constraint";
import { shapeOf, type Operation, type ServiceModel, type ShapeRef } from "../service-model";

/** The refused operation. */
export interface RefusedCall {
  readonly model: ServiceModel;
  readonly operation: Operation;
}

/** Violations of a call, of which there is at least one. */
type Violations = readonly [Violation, ...Violation[]];

/** Writes violations as the error of a service. */
export type Refusal = (violations: Violations, call: RefusedCall) => AwsError;

/** The member of the input that a violation is in. */
export function inputMember({ path }: Violation, { model, operation }: RefusedCall): ShapeRef | undefined {
  const [name] = path;
  return operation.input && typeof name === "string"
    ? shapeOf(model, operation.input).members?.[name]
    : undefined;
}

/** A step of a path as a message shows it. */
export function stepText(step: Step | undefined): string {
  return typeof step === "object" ? step.map : String(step ?? "");
}

const SHOWN_CHARACTERS = 1000;

/** A value as a message shows it. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(", ")}]`.slice(0, SHOWN_CHARACTERS);
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, SHOWN_CHARACTERS);
}
