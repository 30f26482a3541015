import { RequestError } from "../errors";
import { constantValue, malformedValue, type CompileValue } from "./value-test";

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

function actualNumber(actual: string): number {
  if (!DECIMAL.test(actual)) throw new RequestError("malformed_context", `"${actual}" is not a number`);
  return Number(actual);
}

/** The Numeric operators: integers and decimals. */
export function numeric(compare: (actual: number, expected: number) => boolean): CompileValue {
  return constantValue((text) => {
    if (!DECIMAL.test(text)) throw malformedValue(text, "a number");
    const expected = Number(text);
    return (actual) => compare(actualNumber(actual), expected);
  });
}
