export type JsonObject = Readonly<Record<string, unknown>>;

/** @returns undefined when the body is not a JSON object, which the service itself refuses */
export function jsonObject(body: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
