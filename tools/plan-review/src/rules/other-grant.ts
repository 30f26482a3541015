import type { ResourceChange } from "../model";
import { findingOf, textOf, written } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "other-grant";

type Judge = (resource: ResourceChange) => readonly string[];

const says =
  (text: string): Judge =>
  () => [text];

/** A change of one of these resources counts like a new one. */
const ALWAYS: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  [
    "aws_kms_grant",
    ({ after }) => [
      `${textOf(after, "grantee_principal") ?? "somebody"} may use the key, whatever its policy says`,
    ],
  ],
  ["aws_iam_user", says("a user has credentials that do not expire; here everybody has a role")],
  ["aws_iam_access_key", says("an access key does not expire")],
  ["aws_iam_user_login_profile", says("a console password is a way in that no plan here knows")],
  ["aws_iam_service_specific_credential", says("a credential that does not expire")],
  [
    "aws_iam_openid_connect_provider",
    says("tokens of an identity provider may become roles of this account"),
  ],
  ["aws_iam_saml_provider", says("assertions of an identity provider may become roles of this account")],
  ["aws_iam_group_membership", says("its members have all that the group may")],
  ["aws_iam_user_group_membership", says("the user has all that the groups may")],
  ["aws_sagemaker_presigned_notebook_instance_url", says("a way in that no endpoint policy sees")],
  ["aws_vpc_endpoint_service", says("other accounts may reach what is behind it")],
  [
    "aws_vpc_endpoint_service_allowed_principal",
    says("another account may reach what is behind the service"),
  ],
  ["aws_lambda_layer_version_permission", says("others may read the layer")],
  [
    "aws_ssm_document",
    ({ after }) => (after?.["permissions"] ? ["the document is shared with other accounts"] : []),
  ],
  ["aws_ami_launch_permission", says("others may start the image")],
  ["aws_snapshot_create_volume_permission", says("others may read the snapshot")],
  [
    "aws_lambda_function_url",
    ({ after }) =>
      after?.["authorization_type"] === "NONE" ? ["anybody on the internet may call the function"] : [],
  ],
  [
    "aws_s3_bucket_public_access_block",
    ({ after }) =>
      ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
        .filter((name) => after?.[name] === false)
        .map((name) => `${name} is off`),
  ],
  [
    "aws_s3_bucket_acl",
    ({ after }) => (textOf(after, "acl") === "private" ? [] : ["an ACL other than private"]),
  ],
  [
    "aws_ssoadmin_account_assignment",
    ({ after }) => [
      `${textOf(after, "principal_id") ?? "somebody"} gets a permission set in ${textOf(after, "target_id") ?? "an account"}`,
    ],
  ],
]);

function check(resource: ResourceChange): readonly Finding[] {
  const found = ALWAYS.get(resource.type)?.(resource) ?? [];
  if (found.length === 0) return [];
  return [
    findingOf(NAME, "block", resource, {
      message: `${resource.type} gives a right that is in no policy: ${found.join("; ")}.`,
    }),
  ];
}

/** Reports permissions that are in no policy document. */
export const otherGrant: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Gives a right outside policy documents: key grant, user, access key, identity provider, function URL, public bucket, shared image.",
  check: (context) => written(context).flatMap(check),
};
