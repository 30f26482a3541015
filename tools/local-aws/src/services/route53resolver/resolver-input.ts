import { AwsError } from "../../server/aws-error";
import type { AwsCall } from "../../server/call";

/** An unchecked request body; each operation reads its own fields. */
export type ResolverInput = Readonly<Record<string, unknown>>;

/** An operation, which returns the JSON body of the reply. */
export type ResolverOperation = (call: AwsCall, input: ResolverInput) => object | Promise<object>;

/** @throws {AwsError} `ValidationException` when it is missing */
export function requiredText(input: ResolverInput, name: string): string {
  const value = optionalText(input, name);
  if (value === undefined || value === "") throw invalid(`${name} must not be null`);
  return value;
}

export function optionalText(input: ResolverInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** @throws {AwsError} `ValidationException` when it is missing */
export function requiredNumber(input: ResolverInput, name: string): number {
  const value = input[name];
  if (typeof value !== "number") throw invalid(`${name} must not be null`);
  return value;
}

/** @throws {AwsError} `ValidationException` when it is none of the values */
export function oneOf<Value extends string>(
  input: ResolverInput,
  name: string,
  values: readonly Value[],
): Value {
  const given = requiredText(input, name);
  const value = values.find((candidate) => candidate === given);
  if (value === undefined) throw invalid(`${name} must be one of ${values.join(", ")}, not ${given}`);
  return value;
}

export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

export function tagsIn(input: ResolverInput): ReadonlyMap<string, string> {
  const tags = (input["Tags"] ?? []) as readonly { readonly Key: string; readonly Value?: string }[];
  return new Map(tags.map(({ Key, Value = "" }) => [Key, Value]));
}

/** One page of a list, under the name of its field. AWS returns at most 100 items where the request names no number. */
export function pageOf(field: string, items: readonly unknown[], input: ResolverInput): object {
  const from = Number(optionalText(input, "NextToken") ?? 0);
  const size = typeof input["MaxResults"] === "number" ? input["MaxResults"] : 100;
  const next = from + size;
  return {
    [field]: items.slice(from, next),
    ...(next < items.length ? { NextToken: String(next) } : {}),
  };
}

export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message);
}

export function notFound(id: string): AwsError {
  return new AwsError("ResourceNotFoundException", `[RSLVR-02025] Can't find the resource with ID "${id}".`);
}
