import { AwsError } from "../../server/aws-error";
import { shapeOf } from "../service-model";
import { inputMember, stepText, textOf, type Refusal } from "./refusal";

/** S3 says no more of a body than that its schema does not allow it. */
export const s3Refusal: Refusal = ([violation], call) => {
  const { path, constraint, value, shape } = violation;
  const name = stepText(path[0]);
  if (inputMember(violation, call)?.location !== undefined)
    return new AwsError("InvalidArgument", `Argument ${name} is invalid`);
  const { input } = call.operation;
  const isBody = path.length === 1 && input !== undefined && shapeOf(call.model, input).payload === name;
  if (constraint.kind === "required" && isBody)
    return new AwsError("MissingRequestBodyError", "Request Body is empty");
  if (shape === "BucketLocationConstraint")
    return new AwsError(
      "InvalidLocationConstraint",
      `The specified location-constraint is not valid: ${textOf(value)}`,
    );
  return new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
};
