import { AwsError } from "../../server/aws-error";
import type { AwsCall } from "../../server/call";

/** An unchecked request body; each operation reads its own fields. */
export type StudioInput = Readonly<Record<string, unknown>>;

/** An operation, which returns the JSON body of the reply. */
export type StudioOperation = (call: AwsCall, input: StudioInput) => object | Promise<object>;

export function optionalText(input: StudioInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** @throws {AwsError} `ValidationException` when it is missing or does not match the pattern */
export function requiredText(input: StudioInput, name: string, pattern?: RegExp): string {
  const value = optionalText(input, name);
  if (value === undefined) throw constraintViolation(name, input[name], "Member must not be null");
  if (pattern && !pattern.test(value)) {
    throw constraintViolation(
      name,
      value,
      `Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  }
  return value;
}

/** An integer in a range, or the default when it is not given. */
export function integerIn(
  input: StudioInput,
  name: string,
  range: { min: number; max: number; default: number },
): number {
  const value = input[name] ?? range.default;
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw constraintViolation(name, value, "Member must be an integer");
  }
  if (value < range.min) {
    throw constraintViolation(name, value, `Member must have value greater than or equal to ${range.min}`);
  }
  if (value > range.max) {
    throw constraintViolation(name, value, `Member must have value less than or equal to ${range.max}`);
  }
  return value;
}

/** A nested structure; empty when it is not given. */
export function structure(value: unknown): StudioInput {
  return typeof value === "object" && value !== null ? (value as StudioInput) : {};
}

export function notFound(what: string): AwsError {
  return new AwsError("ResourceNotFound", `${what} does not exist.`);
}

export function inUse(message: string): AwsError {
  return new AwsError("ResourceInUse", message);
}

function constraintViolation(name: string, value: unknown, constraint: string): AwsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const shown = typeof value === "string" || typeof value === "number" ? String(value) : "null";
  const message = `1 validation error detected: Value '${shown}' at '${member}' failed to satisfy constraint: ${constraint}`;
  return new AwsError("ValidationException", message);
}
