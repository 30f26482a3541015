import { AwsError } from "../../server/aws-error";
import type { Constraint, Step } from "../constraint";
import { stepText, textOf, type Refusal } from "./refusal";

/** EC2 names one parameter. */
export const ec2Refusal: Refusal = ([{ path, constraint, value, sensitive }]) => {
  switch (constraint.kind) {
    case "unknown":
      return new AwsError("UnknownParameter", `The parameter ${stepText(path.at(-1))} is not recognized`);
    case "required":
      return new AwsError("MissingParameter", `The request must contain the parameter ${parameterOf(path)}`);
    case "enum":
    case "pattern":
    case "type":
    case "min-length":
    case "max-length":
    case "min-value":
    case "max-value": {
      const shown = sensitive ? "" : ` (${textOf(value ?? "")})`;
      const text = `Value${shown} for parameter ${parameterOf(path)} is invalid. ${expected(constraint)}`;
      return new AwsError("InvalidParameterValue", text);
    }
  }
};

function parameterOf(path: readonly Step[]): string {
  return path.map(stepText).join(".");
}

function expected(constraint: Exclude<Constraint, { readonly kind: "unknown" | "required" }>): string {
  switch (constraint.kind) {
    case "enum":
      return "It is not one of the valid values.";
    case "pattern":
      return `Expecting a value that matches ${constraint.pattern}.`;
    case "min-length":
    case "max-length":
      return `Expecting ${constraint.kind === "min-length" ? "at least" : "at most"} ${constraint.limit} characters or entries.`;
    case "min-value":
      return `Expecting a value greater than or equal to ${constraint.limit}.`;
    case "max-value":
      return `Expecting a value less than or equal to ${constraint.limit}.`;
    case "type":
      return `${constraint.words}.`;
  }
}
