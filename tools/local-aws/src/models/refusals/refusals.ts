import { ec2Refusal } from "./ec2";
import { frameworkRefusal, uncapitalized } from "./framework";
import { organizationsRefusal } from "./organizations";
import type { Refusal } from "./refusal";
import { route53Refusal } from "./route53";
import { s3Refusal } from "./s3";
import { snsRefusal } from "./sns";

const JSON_MALFORMED = "SerializationException";

/** Cognito and Logs name it in the errors of their operations, and answer with it. */
const invalidParameter = frameworkRefusal({ code: "InvalidParameterException", malformed: JSON_MALFORMED });
/** CloudWatch and IAM say so of a number that is none. */
const validationError = frameworkRefusal({ code: "ValidationError", malformed: "MalformedInput" });

/**
 * Services that do not answer with the framework's ValidationException.
 *
 * The framework's code is the rule even where no operation of the model has it among its errors: Lambda, EFS, X-Ray and
 * EventBridge answer with it (aws/aws-sdk-js#3321, hashicorp/terraform-provider-aws#18667). RAM's answer to a violated
 * constraint was seen nowhere; its operations name InvalidParameterException.
 */
const OTHERS: Readonly<Record<string, Refusal>> = {
  // `createRestApiInput.apiKeySource`
  apigateway: frameworkRefusal({
    code: "ValidationException",
    malformed: JSON_MALFORMED,
    prefix: ({ operation }) => `${uncapitalized(operation.name)}Input.`,
  }),
  "cognito-idp": invalidParameter,
  ec2: ec2Refusal,
  iam: validationError,
  logs: invalidParameter,
  monitoring: validationError,
  organizations: organizationsRefusal,
  ram: invalidParameter,
  route53: route53Refusal,
  s3: s3Refusal,
  sns: snsRefusal,
  sts: validationError,
  tagging: invalidParameter,
};

const framework = frameworkRefusal({ code: "ValidationException", malformed: JSON_MALFORMED });

/** The refusal of a service, by its signing name. */
export function refusalOf(service: string): Refusal {
  return OTHERS[service] ?? framework;
}
