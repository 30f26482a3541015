import { namesFor, ciPath } from "@studio-access/config";
import type { Statement } from "../constructs/policy-document";
import { arnsOf } from "./arns";
import type { CiPlace } from "./place";
import { WIDE_EVERYWHERE, WIDE_IN_LOBS, WIDE_IN_SHARED_SERVICES } from "./wide-reads";

/**
 * What the AWS provider asks of the resource types that our stacks hold, as seen in the calls of its own plans
 * (docs/decisions/0008-roles-for-workflows.md). AWS's own ReadOnlyAccess would read every table, bucket and log besides.
 */
export function readStatements(place: CiPlace): readonly Statement[] {
  const inShared = place.lob === undefined;
  return [
    allow("LookWide", [...WIDE_EVERYWHERE, ...(inShared ? WIDE_IN_SHARED_SERVICES : WIDE_IN_LOBS)], ["*"]),
    ...accountStatements(place),
    ...(inShared ? sharedStatements(place) : lobStatements(place)),
  ];
}

function allow(Sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action: actions, Resource: resources };
}

/** What every account has. */
function accountStatements(place: CiPlace): readonly Statement[] {
  const { ec2, iam, kms, logs } = arnsOf(place);
  const { rolePath } = namesFor(place.config.environment);
  const path = ciPath(place.config);
  return [
    allow(
      "LookAtRoles",
      ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
      [iam(`role${rolePath}*`), iam(`role${path}*`)],
    ),
    allow("LookAtBoundary", ["iam:GetPolicy", "iam:GetPolicyVersion"], [iam(`policy${path}*`)]),
    allow("LookAtProvider", ["iam:GetOpenIDConnectProvider"], [iam("oidc-provider/*")]),
    allow(
      "LookAtKeys",
      ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      [kms("key/*")],
    ),
    allow("LookAtLogGroups", ["logs:ListTagsForResource"], [logs("log-group:*")]),
    allow("LookAtVpcs", ["ec2:DescribeVpcAttribute"], [ec2("vpc/*")]),
  ];
}

/** Of a line of business: its Studio domain. */
function lobStatements(place: CiPlace): readonly Statement[] {
  const { sagemaker } = arnsOf(place);
  const [domains, profiles] = [sagemaker("domain/*"), sagemaker("user-profile/*")];
  return [
    allow("LookAtDomain", ["sagemaker:DescribeDomain"], [domains]),
    allow("LookAtProfiles", ["sagemaker:DescribeUserProfile"], [profiles]),
    allow("LookAtStudioTags", ["sagemaker:ListTags"], [domains, profiles]),
  ];
}

/** Of shared services: the hub, the door and the simulator. */
function sharedStatements(place: CiPlace): readonly Statement[] {
  return [...hubStatements(place), ...doorStatements(place), ...bucketStatements(place)];
}

function hubStatements(place: CiPlace): readonly Statement[] {
  const { ec2, iam, ram, route53, resolver, ssm } = arnsOf(place);
  const { rolePath } = namesFor(place.config.environment);
  return [
    allow("LookAtInstances", ["ec2:DescribeInstanceAttribute"], [ec2("instance/*")]),
    allow("LookAtInstanceProfiles", ["iam:GetInstanceProfile"], [iam(`instance-profile${rolePath}*`)]),
    allow("LookAtShares", ["ram:ListResourceSharePermissions"], [ram("resource-share/*")]),
    allow(
      "LookAtZones",
      [
        "route53:GetHostedZone",
        "route53:ListResourceRecordSets",
        "route53:ListTagsForResource",
        "route53:ListVPCAssociationAuthorizations",
      ],
      [route53("hostedzone/*")],
    ),
    allow(
      "LookAtResolver",
      ["route53resolver:GetResolverEndpoint", "route53resolver:ListResolverEndpointIpAddresses"],
      [resolver("resolver-endpoint/*")],
    ),
    allow(
      "LookAtResolverRules",
      ["route53resolver:GetResolverRule", "route53resolver:GetResolverRuleAssociation"],
      [resolver("resolver-rule/*")],
    ),
    allow(
      "LookAtResolverTags",
      ["route53resolver:ListTagsForResource"],
      [resolver("resolver-endpoint/*"), resolver("resolver-rule/*")],
    ),
    allow("FindImages", ["ssm:GetParameter"], [ssm("parameter/aws/service/*")]),
  ];
}

function doorStatements(place: CiPlace): readonly Statement[] {
  const { apigateway, cloudwatch, cognito, dynamodb, lambda, logs, named, sns } = arnsOf(place);
  const tables = ["users", "lobs"].map((name) => dynamodb(`table/${named}-${name}`));
  return [
    allow("LookAtApi", ["apigateway:GET"], [apigateway("account"), apigateway("restapis/*")]),
    allow("LookAtAlarms", ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"], [cloudwatch("*")]),
    allow(
      "LookAtUserPool",
      [
        "cognito-idp:AdminGetUser",
        "cognito-idp:DescribeUserPool",
        "cognito-idp:DescribeUserPoolClient",
        "cognito-idp:GetUserPoolMfaConfig",
      ],
      [cognito("userpool/*")],
    ),
    allow(
      "LookAtDirectory",
      [
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        // One row by its key: the rows of the lines of business are Terraform's. It cannot list the others.
        "dynamodb:GetItem",
        "dynamodb:ListTagsOfResource",
      ],
      tables,
    ),
    allow(
      "LookAtFunctions",
      [
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetPolicy",
        "lambda:ListVersionsByFunction",
      ],
      [lambda(`function:${named}-*`)],
    ),
    allow("LookAtMetricFilters", ["logs:DescribeMetricFilters"], [logs(`log-group:/${named}/*`)]),
    allow("LookAtTopic", ["sns:GetTopicAttributes", "sns:ListTagsForResource"], [sns(`${named}-*`)]),
  ];
}

/** Of the bucket that the stack `state` makes: its settings. */
function bucketStatements({ config }: CiPlace): readonly Statement[] {
  const { state } = config;
  if (config.stateBucket !== true || state.backend !== "s3") return [];
  const settings = [
    "GetAccelerateConfiguration",
    "GetBucketAcl",
    "GetBucketCORS",
    "GetBucketLogging",
    "GetBucketObjectLockConfiguration",
    "GetBucketOwnershipControls",
    "GetBucketPolicy",
    "GetBucketPublicAccessBlock",
    "GetBucketRequestPayment",
    "GetBucketTagging",
    "GetBucketVersioning",
    "GetBucketWebsite",
    "GetEncryptionConfiguration",
    "GetLifecycleConfiguration",
    "GetReplicationConfiguration",
  ];
  return [
    allow(
      "LookAtStateBucket",
      settings.map((name) => `s3:${name}`),
      [`arn:aws:s3:::${state.bucket}`],
    ),
  ];
}
