import { RequestError } from "../errors";
import { constantValue, malformedValue, type CompileValue } from "./value-test";

// The forms of https://www.w3.org/TR/NOTE-datetime: a time of day always has a zone.
const W3C_DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;
// Four digits are read as a year, and not as a second in the first hours of 1970.
const EPOCH_SECONDS = /^\d{5,}$/;

/** @returns milliseconds since 1970, or undefined when the text is no date */
function parseDate(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  const time = W3C_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function actualDate(actual: string): number {
  const time = parseDate(actual);
  if (time === undefined) throw new RequestError("malformed_context", `"${actual}" is not a date`);
  return time;
}

/** The Date operators: ISO 8601 as W3C profiles it, or seconds since 1970. */
export function date(compare: (actual: number, expected: number) => boolean): CompileValue {
  return constantValue((text) => {
    const expected = parseDate(text);
    if (expected === undefined) throw malformedValue(text, "a date");
    return (actual) => compare(actualDate(actual), expected);
  });
}
