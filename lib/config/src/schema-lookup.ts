import { configJsonSchema, type JsonSchema } from "./json-schema";
import type { Path } from "./path";

/** Descriptions and keys that the schema has for a path of a config; for error messages. */

const ROOT = configJsonSchema();

/** Description of the place at a path; undefined where the schema has none. */
export function descriptionAt(path: Path): string | undefined {
  return schemasAt(path).find(({ description }) => description !== undefined)?.description;
}

/** Keys that an object at this path may have, those of all its variants together. */
export function keysAt(path: Path): string[] {
  return [...new Set(schemasAt(path).flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

/** Whether the schema knows the place at a path, in one of its variants. */
export function isKnown(path: Path): boolean {
  return schemasAt(path).length > 0;
}

function schemasAt(path: Path): JsonSchema[] {
  return path.reduce(
    (schemas, key) => schemas.flatMap((schema) => withVariants(below(schema, key))),
    withVariants(ROOT),
  );
}

function below(schema: JsonSchema, key: PropertyKey): unknown {
  if (typeof key === "number") return schema.items;
  return schema.properties?.[String(key)] ?? schema.additionalProperties;
}

/** The schema and the variants that it consists of, if it is one: JSON Schema also knows `true` and `false`. */
function withVariants(schema: unknown): JsonSchema[] {
  if (!isSchema(schema)) return [];
  return [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(withVariants)];
}

function isSchema(schema: unknown): schema is JsonSchema {
  return typeof schema === "object" && schema !== null && !Array.isArray(schema);
}
