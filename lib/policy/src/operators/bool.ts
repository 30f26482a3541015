import { RequestError } from "../errors";
import { constantValue, malformedValue } from "./value-test";

function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}

/** `Bool`: "true" or "false", in any case. */
export const bool = constantValue((text) => {
  const expected = parseBool(text);
  if (expected === undefined) throw malformedValue(text, "true or false");
  return (text) => {
    const actual = parseBool(text);
    if (actual === undefined) throw new RequestError("malformed_context", `"${text}" is not true or false`);
    return actual === expected;
  };
});

/** @returns whether `Null` asks for the key to be absent */
export function parseNull(text: string): boolean {
  const expected = parseBool(text);
  if (expected === undefined) throw malformedValue(text, "true or false");
  return expected;
}
