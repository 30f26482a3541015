/** Any JSON value, as it is parsed. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object, as it is parsed. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}

/**
 * The value of a JSON text.
 *
 * @param refused makes the error; the parser's own message is left out, since it quotes the text, which may hold secrets
 */
export function parseJson(text: string, refused: () => Error): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw refused();
  }
}
