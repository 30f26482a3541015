import { AwsError } from "../../server/aws-error";
import { certificateOf, type Certificates } from "../acm/acm-service";
import type { Place } from "../vpc-lookup";

/**
 * Refuses a certificate that AWS Certificate Manager does not have in this account and region, or that does not cover the
 * name.
 *
 * @throws {AwsError} BadRequestException
 */
export function requireCertificate(
  certificates: Certificates,
  place: Place,
  arn: string,
  name: string,
): void {
  const found = certificateOf(certificates, place, arn);
  if (found === undefined) throw refusal(`The certificate ${arn} does not exist in this account and region`);
  if (!found.SubjectAlternativeNames.some((covered) => covers(covered, name)))
    throw refusal(`The certificate ${arn} does not cover ${name}`);
}

/** A wildcard stands for one label. */
function covers(covered: string, name: string): boolean {
  return covered === name || (covered.startsWith("*.") && covered.slice(1) === name.slice(name.indexOf(".")));
}

function refusal(message: string): AwsError {
  return new AwsError("BadRequestException", message);
}
