import { AwsError } from "../../server/aws-error";
import { stepText, type Refusal } from "./refusal";

/** SNS names one parameter. */
export const snsRefusal: Refusal = ([{ path, constraint }]) => {
  const why = constraint.kind === "required" ? " Reason: no value for required parameter" : "";
  return new AwsError("InvalidParameter", `Invalid parameter: ${stepText(path[0])}${why}`);
};
