/** An error with AWS's code and message. Handlers throw it; the request router writes it in the protocol of the call. */
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
 * The local AWS does not implement the operation. Its status 501 is one that SDKs do not retry (they retry 500, 502, 503
 * and 504), so that the gap shows at once.
 */
export function notImplemented(service: string, operation: string, why: string): AwsError {
  return new AwsError(
    "NotImplemented",
    `the local AWS does not implement ${service} ${operation}: ${why}`,
    501,
  );
}

/**
 * The local AWS itself failed. AWS would answer 500, but SDKs retry that (the Terraform provider for minutes), and a retry
 * does not help here.
 */
export function internalFailure(message: string): AwsError {
  return new AwsError("InternalFailure", message, 501);
}
