import { AwsError } from "../../server/aws-error";
import type { Constraint } from "../constraint";
import type { Refusal } from "./refusal";

/** Organizations says what is wrong, and not with which value. */
export const organizationsRefusal: Refusal = ([{ constraint }]) =>
  constraint.kind === "type"
    ? new AwsError("SerializationException", constraint.words)
    : new AwsError("InvalidInputException", WORDS[constraint.kind]);

/** Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html, "Reason" */
const WORDS: Readonly<Record<Exclude<Constraint["kind"], "type">, string>> = {
  required: "You specified a null value for a required parameter.",
  enum: "You specified a value that is not valid for that parameter.",
  pattern: "You provided a value that does not match the required pattern.",
  "min-length": "You provided a value that is shorter than allowed.",
  "max-length": "You provided a value that is longer than allowed.",
  "min-value": "You provided a value that is smaller than allowed.",
  "max-value": "You provided a value that is larger than allowed.",
  unknown: "You specified a value that is not valid for that parameter.",
};
