import { PolicyError } from "../errors";
import type { Variable, VariableValues } from "../pattern";

/** One value of a condition, ready to be compared with a value of the request. */
export interface ValueTest {
  /** Variables in the policy's value; all must be resolvable before `passes` is called. */
  readonly variables: readonly Variable[];
  /** The one text that passes; undefined where others may, or where it depends on variables. */
  readonly only?: string | undefined;
  /** @throws {RequestError} when the request's value is not of the operator's type */
  passes(actual: string, values: VariableValues): boolean;
}

/** @param variables whether the policy's version has variables */
export type CompileValue = (expected: string, variables: boolean) => ValueTest;

/** For the operators whose values are constants: AWS allows no variable in them. */
export function constantValue(passesFor: (expected: string) => (actual: string) => boolean): CompileValue {
  return (expected, variables) => {
    if (variables && expected.includes("${")) {
      throw new PolicyError(
        "malformed_variable",
        `"${expected}": only String and Arn operators take policy variables`,
      );
    }
    return { variables: [], passes: passesFor(expected) };
  };
}

export function malformedValue(expected: string, type: string): PolicyError {
  return new PolicyError("malformed_condition", `"${expected}" is not ${type}`);
}
