/** A refusal in AWS's own words. Handlers throw it; the front door writes it in the protocol of the call. */
export class AwsError extends Error {
  override readonly name = "AwsError";

  /**
   * @param code - AWS's error code, such as `ResourceInUse`
   * @param message - for people
   * @param status - HTTP status, 400 to 599
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/**
 * The local AWS cannot do what it was asked. Never retried by SDKs (they retry 500, 502, 503 and 504), so that a gap
 * shows at once and never looks like success.
 */
export function notImplemented(service: string, operation: string, why: string): AwsError {
  return new AwsError(
    "NotImplemented",
    `the local AWS does not implement ${service} ${operation}: ${why}`,
    501,
  );
}

/**
 * The local AWS itself is at fault. Not a 500, as it would be of AWS: SDKs retry that, the Terraform provider for
 * minutes, and nothing here gets better by itself.
 */
export function internalFailure(message: string): AwsError {
  return new AwsError("InternalFailure", message, 501);
}
