import { splitArn } from "../arn";
import { RequestError } from "../errors";
import { matcherOf, parsePattern, splitPattern } from "../pattern";
import { malformedValue, type CompileValue } from "./value-test";

const PARTS = 6;

/**
 * `ArnLike` and `ArnEquals`, which behave identically: each of the six parts is matched on its own, so a wildcard
 * before the resource never crosses a colon.
 */
export const arnLike: CompileValue = (expected, variables) => {
  const pattern = parsePattern(expected, { wildcards: true, variables });
  const segments = splitPattern(pattern, PARTS);
  if (segments.length < PARTS || segments[0]?.fixed?.("arn") !== true)
    throw malformedValue(expected, "an ARN of six parts");
  return {
    variables: pattern.variables,
    passes(actual, values) {
      const parts = splitArn(actual);
      if (parts === undefined) throw new RequestError("malformed_context", `"${actual}" is not an ARN`);
      return segments.every((segment, index) => matcherOf(segment, values)(parts[index] ?? ""));
    },
  };
};
