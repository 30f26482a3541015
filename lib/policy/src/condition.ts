import type { Catalog } from "./catalog";
import { PolicyError, RequestError } from "./errors";
import { isObject, scalarList } from "./json";
import { OPERATORS, parseNull, type ValueTest } from "./operators";
import { resolvable, type Variable, type VariableValues } from "./pattern";

/** The values of the request's condition keys. */
export interface ConditionValues extends VariableValues {
  /** @returns undefined when the request has no such key */
  all(key: string): readonly string[] | undefined;
}

/** Whether the request meets the condition. */
export type Condition = (values: ConditionValues) => boolean;

export interface ConditionOptions {
  readonly variables: boolean;
  readonly catalog: Catalog;
}

type SetOperator = "ForAllValues" | "ForAnyValue";

interface Comparison {
  readonly key: string;
  readonly set: SetOperator | undefined;
  readonly ifExists: boolean;
  readonly negated: boolean;
  /** Texts of the policy that match themselves alone: a list of a thousand accounts is not gone through for each request. */
  readonly texts: ReadonlySet<string>;
  readonly tests: readonly ValueTest[];
}

/** For the set operators, AWS treats a key whose values are all empty strings as an "empty data set". */
function isEmptySet(values: readonly string[]): boolean {
  return values.every((value) => value === "");
}

/** @returns the result for an absent key or an empty set; undefined when the values have to be compared */
function withoutComparing(
  { set, ifExists, negated }: Comparison,
  actual: readonly string[] | undefined,
): boolean | undefined {
  if (actual === undefined || actual.length === 0) {
    if (ifExists) return true;
    return set === undefined ? negated : set === "ForAllValues";
  }
  return set !== undefined && isEmptySet(actual) ? set === "ForAllValues" : undefined;
}

/**
 * Whether the request's value matches one of the policy. One that holds a variable without a value matches nothing, so that
 * a negated operator is met. An error about the request's value names the key.
 *
 * Source: "Policy variables with no value" in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
function passes(test: ValueTest, key: string, actual: string, values: ConditionValues): boolean {
  if (!resolvable(test.variables, values)) return false;
  try {
    return test.passes(actual, values);
  } catch (error) {
    throw error instanceof RequestError ? new RequestError(error.code, `${key}: ${error.message}`) : error;
  }
}

function compare(comparison: Comparison, values: ConditionValues): boolean {
  const { key, set, negated, texts, tests } = comparison;
  const actual = values.all(key);
  const early = withoutComparing(comparison, actual);
  if (early !== undefined || actual === undefined) return early === true;
  // Of several values in the policy one must match, and for a negated operator none.
  const holds = (value: string): boolean =>
    (texts.has(value) || tests.some((test) => passes(test, key, value, values))) !== negated;
  return set === "ForAllValues" ? actual.every(holds) : actual.some(holds);
}

function nullCondition(key: string, expected: readonly string[]): Condition {
  const wanted = expected.map(parseNull);
  return (values) => {
    const actual = values.all(key);
    return wanted.includes(actual === undefined || actual.length === 0);
  };
}

function checkKey(key: string, set: SetOperator | undefined, operator: string, catalog: Catalog): void {
  const definition = catalog.conditionKey(key);
  if (definition === undefined)
    throw new PolicyError("unknown_condition_key", `AWS has no condition key "${key}"`);
  // "Multivalued context keys require a condition set operator"; without one the result is not defined.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  if (definition.multivalued && set === undefined && operator !== "Null") {
    throw new PolicyError(
      "set_operator_required",
      `"${key}" may hold several values: ${operator} needs ForAllValues or ForAnyValue`,
    );
  }
}

function checkVariable({ key }: Variable, catalog: Catalog): void {
  const definition = catalog.conditionKey(key);
  if (definition === undefined)
    throw new PolicyError("unknown_condition_key", `the variable "${key}" is no condition key`);
  if (definition.multivalued)
    throw new PolicyError(
      "multivalued_variable",
      `"${key}" may hold several values and so cannot be a variable`,
    );
}

/** @throws {PolicyError} when a variable is not a condition key with a single value */
export function checkVariables(variables: readonly Variable[], catalog: Catalog): void {
  for (const variable of variables) checkVariable(variable, catalog);
}

const OPERATOR_NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

interface OperatorName {
  readonly operator: string;
  readonly set: SetOperator | undefined;
  readonly ifExists: boolean;
}

function parseOperator(text: string): OperatorName {
  const [, set, operator = "", ifExists] = OPERATOR_NAME.exec(text) ?? [];
  const modified = set !== undefined || ifExists !== undefined;
  if (!(OPERATORS.has(operator) || (operator === "Null" && !modified))) {
    throw new PolicyError("unknown_operator", `"${text}" is no condition operator`);
  }
  return { operator, set: set as SetOperator | undefined, ifExists: ifExists !== undefined };
}

function compileKey(name: OperatorName, key: string, value: unknown, options: ConditionOptions): Condition {
  const expected = scalarList(value);
  if (expected === undefined)
    throw new PolicyError(
      "malformed_condition",
      `the values of "${key}" are no strings, numbers or booleans`,
    );
  checkKey(key, name.set, name.operator, options.catalog);
  const lowerKey = key.toLowerCase();
  const operator = OPERATORS.get(name.operator);
  if (operator === undefined) return nullCondition(lowerKey, expected);
  const tests = expected.map((text) => operator.compile(text, options.variables));
  checkVariables(
    tests.flatMap(({ variables }) => variables),
    options.catalog,
  );
  const comparison = {
    key: lowerKey,
    set: name.set,
    ifExists: name.ifExists,
    negated: operator.negated,
    texts: new Set(tests.flatMap(({ only }) => only ?? [])),
    tests: tests.filter(({ only }) => only === undefined),
  };
  return (values) => compare(comparison, values);
}

function compileOperator(text: string, keys: unknown, options: ConditionOptions): Condition[] {
  const name = parseOperator(text);
  if (!isObject(keys)) throw new PolicyError("malformed_condition", `${text} is no map of condition keys`);
  const seen = new Set<string>();
  return Object.entries(keys).map(([key, value]) => {
    if (seen.has(key.toLowerCase()))
      throw new PolicyError("malformed_condition", `${text} has "${key}" twice`);
    seen.add(key.toLowerCase());
    return compileKey(name, key, value, options);
  });
}

/**
 * Compiles a Condition element: all of its operators and keys must be met.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function compileCondition(value: unknown, options: ConditionOptions): Condition {
  if (!isObject(value)) throw new PolicyError("malformed_condition", "Condition is no map of operators");
  const conditions = Object.entries(value).flatMap(([operator, keys]) =>
    compileOperator(operator, keys, options),
  );
  return (values) => conditions.every((condition) => condition(values));
}
