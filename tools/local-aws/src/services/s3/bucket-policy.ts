import { AwsError } from "../../server/aws-error";
import { statementsOf } from "../policy-text";

/** Bytes of a bucket's policy. */
const LARGEST = 20 * 1024;

/** Elements that every statement has, the positive or the negative one. */
const REQUIRED = ["Principal", "Action", "Resource"] as const;

/**
 * The words for one that is too large are our reading.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 *
 * @throws {AwsError} `MalformedPolicy`, or `PolicyTooLarge`
 */
export function requireBucketPolicy(text: string): void {
  if (!text.startsWith("{")) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  const statements = statementsOf(text);
  if (statements === undefined) throw malformed("This policy contains invalid Json");
  if (Buffer.byteLength(text) > LARGEST)
    throw new AwsError("PolicyTooLarge", `Policy exceeds the maximum size of ${LARGEST} bytes.`);
  for (const statement of statements) {
    const effect: unknown = "Effect" in statement ? statement.Effect : undefined;
    if (effect === undefined) throw malformed("Missing required field Effect");
    if (effect !== "Allow" && effect !== "Deny")
      throw malformed(`Invalid effect: ${JSON.stringify(effect).replaceAll('"', "")}`);
    const missing = REQUIRED.find((name) => !(name in statement) && !(`Not${name}` in statement));
    if (missing !== undefined) throw malformed(`Missing required field ${missing}`);
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicy", message);
}
