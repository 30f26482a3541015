import { AwsError } from "../../server/aws-error";

/** Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html */
const RESERVED = ["aws", "amazon", "cognito"];

/**
 * Refuses a domain prefix that has a reserved word in it. A domain of one's own may have any.
 *
 * @param request - of CreateUserPoolDomain
 * @throws {AwsError} `InvalidParameterException`
 */
export function requireDomain(request: Readonly<Record<string, unknown>>): void {
  const { Domain, CustomDomainConfig } = request;
  if (typeof Domain !== "string" || CustomDomainConfig !== undefined) return;
  const word = RESERVED.find((reserved) => Domain.includes(reserved));
  if (word !== undefined)
    throw new AwsError("InvalidParameterException", `Domain cannot contain reserved word: ${word}`);
}
