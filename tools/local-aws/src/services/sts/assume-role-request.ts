import { AwsError, notImplemented } from "../../server/aws-error";
import { membersOf, parameter } from "../../server/form";

/** Valid session names and source identities. */
const NAME = /^[\w+=,.@-]{2,64}$/;
const ROLE_ARN = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;

const MIN_SECONDS = 900;
const MAX_SECONDS = 43_200;
/** The default duration, which is also the lowest MaxSessionDuration of a role. */
const DEFAULT_SECONDS = 3600;
/** Role chaining limits a session to one hour. */
const MAX_CHAINED_SECONDS = 3600;
const MAX_POLICY_LENGTH = 2048;
const TOKEN_LENGTH = { least: 4, most: 20_000 } as const;

/**
 * Validates an AssumeRole request, which AWS does before it evaluates any policy.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * @param isChained - whether the caller is itself a session of a role
 * @throws {AwsError} `ValidationError`, `MalformedPolicyDocument` or `InvalidParameterValue`
 */
export function requireValidRequest(form: URLSearchParams, isChained: boolean): void {
  requirePattern("roleArn", parameter(form, "RoleArn"), ROLE_ARN);
  requirePattern("roleSessionName", parameter(form, "RoleSessionName"), NAME);
  const sourceIdentity = form.get("SourceIdentity");
  if (sourceIdentity !== null) requirePattern("sourceIdentity", sourceIdentity, NAME);
  requireDuration(secondsOf(form), isChained);
  requirePolicy(form.get("Policy"));
  requireUniqueTagKeys(form);
}

/**
 * Requires that every transitive key is that of a tag, of the request or passed on by the calling session.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html; the code is our reading.
 *
 * @param inherited - transitive keys of the calling session
 * @throws {AwsError} `InvalidParameterValue`
 */
export function requireTransitiveTags(form: URLSearchParams, inherited: readonly string[]): void {
  const known = new Set([...tagKeys(form), ...inherited].map((key) => key.toLowerCase()));
  if (membersOf(form, "TransitiveTagKeys").every((key) => known.has(key.toLowerCase()))) return;
  throw new AwsError(
    "InvalidParameterValue",
    "The specified transitive tag key must be included in the requested tags.",
  );
}

/**
 * Validates an AssumeRoleWithWebIdentity request.
 *
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 *
 * @throws {AwsError} `ValidationError`, `MalformedPolicyDocument` or `NotImplemented`; the message never holds the token
 */
export function requireValidWebIdentityRequest(form: URLSearchParams): void {
  requireValidRequest(form, false);
  const { length } = parameter(form, "WebIdentityToken");
  if (length < TOKEN_LENGTH.least || length > TOKEN_LENGTH.most) {
    throw invalid(
      `1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: ` +
        `Member must have length between ${TOKEN_LENGTH.least} and ${TOKEN_LENGTH.most}`,
    );
  }
  if (form.has("ProviderId"))
    throw notImplemented(
      "sts",
      "AssumeRoleWithWebIdentity",
      "tokens of OAuth 2.0 providers are not supported",
    );
}

/**
 * Requires that the session is not longer than the role's MaxSessionDuration.
 *
 * @throws {AwsError} `ValidationError`
 */
export function requireDurationOfRole(form: URLSearchParams, maxSessionSeconds: number): void {
  if (secondsOf(form) <= maxSessionSeconds) return;
  throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
}

/** Every role allows the default duration, so only a longer session is compared with the role's MaxSessionDuration. */
export function isLongSession(form: URLSearchParams): boolean {
  return secondsOf(form) > DEFAULT_SECONDS;
}

function secondsOf(form: URLSearchParams): number {
  return Number(form.get("DurationSeconds") ?? DEFAULT_SECONDS);
}

function requirePattern(member: string, value: string, pattern: RegExp): void {
  if (pattern.test(value)) return;
  throw invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ` +
      `Member must satisfy regular expression pattern: ${pattern.source}`,
  );
}

function requireDuration(seconds: number, isChained: boolean): void {
  if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
    throw invalid(`DurationSeconds is ${seconds}; it must be ${MIN_SECONDS} to ${MAX_SECONDS}`);
  }
  if (isChained && seconds > MAX_CHAINED_SECONDS) {
    throw invalid(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html ("case"); the code is our reading. */
function requireUniqueTagKeys(form: URLSearchParams): void {
  const keys = tagKeys(form).map((key) => key.toLowerCase());
  if (new Set(keys).size === keys.length) return;
  throw new AwsError(
    "InvalidParameterValue",
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  );
}

function tagKeys(form: URLSearchParams): string[] {
  return membersOf(form, "Tags", ".Key");
}

function requirePolicy(policy: string | null): void {
  if (policy === null) return;
  if (policy.length > MAX_POLICY_LENGTH)
    throw invalid(`The session policy is longer than ${MAX_POLICY_LENGTH} characters`);
  try {
    JSON.parse(policy);
  } catch {
    throw new AwsError("MalformedPolicyDocument", "The policy is not in the valid JSON format.");
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
