import type { ResourceChange } from "../model";
import { changesOf, findingOf } from "./changes";
import type { Finding, Rule } from "./rule";

/** What is lost with a resource of each type. */
const HOLDS: ReadonlyMap<string, string> = new Map([
  ["aws_sagemaker_domain", "the users' home directories"],
  ["aws_sagemaker_user_profile", "the user's apps and spaces"],
  ["aws_sagemaker_space", "what the space holds"],
  ["aws_efs_file_system", "its files"],
  ["aws_dynamodb_table", "its rows, and with them who may enter"],
  ["aws_cognito_user_pool", "all sign-ins"],
  ["aws_cognito_user_pool_client", "its client id, which tokens and callers name"],
  ["aws_cognito_user_pool_domain", "the sign-in page's address"],
  ["aws_iam_openid_connect_provider", "the trust in the identity provider"],
  ["aws_iam_saml_provider", "the trust in the identity provider"],
  ["aws_kms_key", "everything that is encrypted with it"],
  ["aws_s3_bucket", "its objects, such as the states of all stacks"],
  ["aws_ebs_volume", "its data"],
  ["aws_secretsmanager_secret", "its value"],
  ["aws_cloudwatch_log_group", "its log lines"],
]);

function check(resource: ResourceChange): Finding | undefined {
  const held = HOLDS.get(resource.type);
  if (held === undefined) return undefined;
  const what = resource.kind === "replace" ? "would be deleted and made anew" : "would be deleted";
  const paths = resource.replacePaths.map((path) => path.join("."));
  return findingOf("data-loss", "block", resource, {
    message: `${resource.type} ${what}: with it goes ${held}.`,
    ...(paths.length === 0 ? {} : { details: [`replaced because of ${paths.join(", ")}`] }),
    remedy: "Keep it (a renamed construct needs moveTo), or say in an exception that it may go.",
  });
}

/** Reports the deletion of resources that hold data or identities. */
export const dataLoss: Rule = {
  name: "data-loss",
  severity: "block",
  description:
    "Deletes or replaces what holds data or identities: domain, user profile, table, user pool, key, bucket, logs.",
  check: (context) =>
    changesOf(context, "delete", "replace")
      .map(check)
      .filter((finding) => finding !== undefined),
};
