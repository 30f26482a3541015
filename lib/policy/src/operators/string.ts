import { matcherOf, onlyText, parsePattern } from "../pattern";
import type { CompileValue } from "./value-test";

/** `StringEquals`: the same text; `*` and `?` are no wildcards. */
export const stringEquals: CompileValue = (expected, variables) => {
  const pattern = parsePattern(expected, { wildcards: false, variables });
  return {
    variables: pattern.variables,
    only: onlyText(pattern),
    passes: (actual, values) => matcherOf(pattern, values)(actual),
  };
};

/** `StringLike`: case-sensitive; the wildcards `*` and `?` match any character. */
export const stringLike: CompileValue = (expected, variables) => {
  const pattern = parsePattern(expected, { wildcards: true, variables });
  return { variables: pattern.variables, passes: (actual, values) => matcherOf(pattern, values)(actual) };
};

/** `StringEqualsIgnoreCase`: as StringEquals, without regard to case, also of a variable's value. */
export const stringEqualsIgnoreCase: CompileValue = (expected, variables) => {
  // Keys of variables are lower-cased too, which changes nothing: they are matched without regard to case.
  const lower = parsePattern(expected.toLowerCase(), { wildcards: false, variables });
  return {
    variables: lower.variables,
    passes: (actual, values) =>
      matcherOf(lower, { single: (key) => values.single(key)?.toLowerCase() })(actual.toLowerCase()),
  };
};
