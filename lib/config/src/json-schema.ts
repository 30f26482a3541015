import { z } from "zod";
import { ConfigSchema } from "./schema";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The schema of a config file as JSON Schema, for editors. */
export function configJsonSchema(): JsonSchema {
  return { title: "Studio Access environment", ...z.toJSONSchema(ConfigSchema) };
}

/** Text of config/schema.json. */
export function jsonSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}
