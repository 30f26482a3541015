import { arnLike } from "./arn";
import { binaryEquals } from "./binary";
import { bool } from "./bool";
import { date } from "./date";
import { ipAddress } from "./ip-address";
import { numeric } from "./numeric";
import { stringEquals, stringEqualsIgnoreCase, stringLike } from "./string";
import type { CompileValue } from "./value-test";

export { parseNull } from "./bool";
export type { ValueTest } from "./value-test";

/** A comparison; a negated one is true when no value of the policy matches. */
export interface Operator {
  readonly compile: CompileValue;
  readonly negated: boolean;
}

type Compare = (actual: number, expected: number) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  LessThan: (actual, expected) => actual < expected,
  LessThanEquals: (actual, expected) => actual <= expected,
  GreaterThan: (actual, expected) => actual > expected,
  GreaterThanEquals: (actual, expected) => actual >= expected,
};

const equals: Compare = (actual, expected) => actual === expected;

function is(compile: CompileValue): Operator {
  return { compile, negated: false };
}

function isNot(compile: CompileValue): Operator {
  return { compile, negated: true };
}

function ordered(family: string, compileFor: (compare: Compare) => CompileValue): [string, Operator][] {
  return [
    [`${family}Equals`, is(compileFor(equals))],
    [`${family}NotEquals`, isNot(compileFor(equals))],
    ...Object.entries(COMPARISONS).map(([name, compare]): [string, Operator] => [
      `${family}${name}`,
      is(compileFor(compare)),
    ]),
  ];
}

/**
 * Every operator but `Null`, by its exact name: IAM refuses a policy with another spelling ("Invalid Condition type").
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["StringEquals", is(stringEquals)],
  ["StringNotEquals", isNot(stringEquals)],
  ["StringEqualsIgnoreCase", is(stringEqualsIgnoreCase)],
  ["StringNotEqualsIgnoreCase", isNot(stringEqualsIgnoreCase)],
  ["StringLike", is(stringLike)],
  ["StringNotLike", isNot(stringLike)],
  ...ordered("Numeric", numeric),
  ...ordered("Date", date),
  ["Bool", is(bool)],
  ["BinaryEquals", is(binaryEquals)],
  ["IpAddress", is(ipAddress)],
  ["NotIpAddress", isNot(ipAddress)],
  ["ArnEquals", is(arnLike)],
  ["ArnLike", is(arnLike)],
  ["ArnNotEquals", isNot(arnLike)],
  ["ArnNotLike", isNot(arnLike)],
]);
