import type { ComparedKind } from "../policy-change";

/** An attribute that holds a policy document, and what it is attached to. */
export interface PolicyPlace {
  readonly attribute: string;
  readonly kind: ComparedKind;
  /** Attribute that names what the policy is attached to. Absent: the resource itself. */
  readonly target?: string;
}

function of(kind: ComparedKind, attribute = "policy", target?: string): readonly PolicyPlace[] {
  return [{ attribute, kind, ...(target === undefined ? {} : { target }) }];
}

/**
 * The attributes in which the AWS provider's resources hold policies. A policy in an attribute of any other type is
 * found by its text, see {@link otherPolicies}.
 */
export const POLICY_PLACES: ReadonlyMap<string, readonly PolicyPlace[]> = new Map([
  ["aws_iam_role", of("trust", "assume_role_policy")],
  ["aws_iam_policy", of("identity")],
  ["aws_iam_role_policy", of("identity", "policy", "role")],
  ["aws_iam_user_policy", of("identity", "policy", "user")],
  ["aws_iam_group_policy", of("identity", "policy", "group")],
  ["aws_ssoadmin_permission_set_inline_policy", of("identity", "inline_policy", "permission_set_arn")],
  ["aws_vpc_endpoint", of("endpoint")],
  ["aws_vpc_endpoint_policy", of("endpoint", "policy", "vpc_endpoint_id")],
  ["aws_api_gateway_rest_api_policy", of("resource", "policy", "rest_api_id")],
  ["aws_kms_key", of("resource")],
  ["aws_kms_key_policy", of("resource", "policy", "key_id")],
  ["aws_s3_bucket_policy", of("resource", "policy", "bucket")],
  ["aws_sns_topic_policy", of("resource", "policy", "arn")],
  ["aws_sqs_queue_policy", of("resource", "policy", "queue_url")],
  ["aws_dynamodb_resource_policy", of("resource", "policy", "resource_arn")],
  ["aws_secretsmanager_secret_policy", of("resource", "policy", "secret_arn")],
  ["aws_ecr_repository_policy", of("resource", "policy", "repository")],
  ["aws_efs_file_system_policy", of("resource", "policy", "file_system_id")],
  ["aws_cloudwatch_log_resource_policy", of("resource", "policy_document")],
]);

function isPolicyText(value: unknown): boolean {
  if (typeof value !== "string" || !value.includes("Statement")) return false;
  try {
    const document = JSON.parse(value) as unknown;
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}

/**
 * Policies in attributes that are not listed: one with principals is a resource policy, one without is an identity
 * policy.
 */
export function otherPolicies(attributes: Readonly<Record<string, unknown>> | null): readonly PolicyPlace[] {
  return Object.entries(attributes ?? {})
    .filter(([, value]) => isPolicyText(value))
    .map(([attribute, value]) => ({
      attribute,
      kind:
        String(value).includes('"Principal"') || String(value).includes('"NotPrincipal"')
          ? "resource"
          : "identity",
    }));
}
