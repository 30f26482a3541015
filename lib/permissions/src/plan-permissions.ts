import { ciPath, defaultBucketName, hasGroups, namesFor, zoneSharingOf } from "@studio-access/config";
import type { Statement } from "./statement";
import { arnsOf } from "./arns";
import type { Account } from "./account";
import {
  WIDE_EVERYWHERE,
  WIDE_IN_LOBS,
  WIDE_IN_SHARED_SERVICES,
  WIDE_OF_PROFILE,
  WIDE_OF_PROFILE_IN_LOBS,
} from "./wide-reads";

/**
 * The calls that the AWS provider makes to plan the resource types in our stacks, as recorded from its own plans
 * (docs/decisions/0008-roles-for-workflows.md). AWS's own ReadOnlyAccess would read every table, bucket and log
 * besides.
 */
export function readStatements(context: Account): readonly Statement[] {
  const inShared = context.lob === undefined;
  const ofAccount = inShared ? WIDE_IN_SHARED_SERVICES : WIDE_IN_LOBS;
  const ofProfile = inShared ? WIDE_OF_PROFILE : WIDE_OF_PROFILE_IN_LOBS;
  return [
    allow(
      "LookWide",
      [...WIDE_EVERYWHERE, ...ofAccount, ...(zoneSharingOf(context.config).byProfile ? ofProfile : [])],
      ["*"],
    ),
    ...accountStatements(context),
    ...(inShared ? sharedStatements(context) : lobStatements(context)),
  ];
}

function allow(Sid: string, actions: readonly string[], resources: readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action: actions, Resource: resources };
}

/** What every account has. */
function accountStatements(context: Account): readonly Statement[] {
  const { ec2, iam, kms, logs, resolver } = arnsOf(context);
  const { rolePath } = namesFor(context.config.environment);
  const path = ciPath(context.config);
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
    // Every resource of the service in the account: the types' ARNs one by one would exceed the size of a policy.
    allow(
      "LookAtDns",
      [
        "route53resolver:GetFirewallDomainList",
        "route53resolver:GetFirewallRuleGroup",
        "route53resolver:GetFirewallRuleGroupAssociation",
        "route53resolver:GetResolverQueryLogConfig",
        "route53resolver:ListFirewallDomains",
        "route53resolver:ListFirewallRules",
        "route53resolver:ListTagsForResource",
      ],
      [resolver("*")],
    ),
  ];
}

/** Of a line of business: its Studio domain. */
function lobStatements(context: Account): readonly Statement[] {
  const { sagemaker } = arnsOf(context);
  const [domains, profiles] = [sagemaker("domain/*"), sagemaker("user-profile/*")];
  return [
    allow("LookAtDomain", ["sagemaker:DescribeDomain"], [domains]),
    allow("LookAtProfiles", ["sagemaker:DescribeUserProfile"], [profiles]),
    allow("LookAtStudioTags", ["sagemaker:ListTags"], [domains, profiles]),
    ...defaultBucketStatements(context),
  ];
}

/** Of shared services: the hub, the access stack and the simulator. */
function sharedStatements(context: Account): readonly Statement[] {
  return [...hubStatements(context), ...accessStatements(context), ...bucketStatements(context)];
}

function hubStatements(context: Account): readonly Statement[] {
  const { ec2, iam, ram, route53, resolver, ssm } = arnsOf(context);
  const { rolePath } = namesFor(context.config.environment);
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
      [
        "route53resolver:GetResolverEndpoint",
        "route53resolver:GetResolverRule",
        "route53resolver:GetResolverRuleAssociation",
        "route53resolver:ListResolverEndpointIpAddresses",
      ],
      [resolver("*")],
    ),
    allow("FindImages", ["ssm:GetParameter"], [ssm("parameter/aws/service/*")]),
  ];
}

function accessStatements(context: Account): readonly Statement[] {
  const { apigateway, cloudwatch, cognito, dynamodb, lambda, logs, named, sns } = arnsOf(context);
  const byGroup = context.config.linesOfBusiness.some(hasGroups);
  const names = byGroup ? ["users", "lobs", "groups"] : ["users", "lobs"];
  const tables = names.map((name) => dynamodb(`table/${named}-${name}`));
  return [
    allow(
      "LookAtApi",
      ["apigateway:GET"],
      [apigateway("account"), apigateway("restapis/*"), ...apiNames(context)],
    ),
    allow("LookAtAlarms", ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"], [cloudwatch("*")]),
    allow(
      "LookAtUserPool",
      [
        "cognito-idp:AdminGetUser",
        "cognito-idp:DescribeUserPool",
        "cognito-idp:DescribeUserPoolClient",
        ...(byGroup ? ["cognito-idp:GetGroup"] : []),
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
        // Reads one row by its key: Terraform manages the rows of the lines of business. The role cannot list other
        // rows.
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
        // GetFunction leaves the tags out for who may not list them, and the next plan adds them again.
        "lambda:ListTags",
        "lambda:ListVersionsByFunction",
      ],
      [lambda(`function:${named}-*`)],
    ),
    allow("LookAtMetricFilters", ["logs:DescribeMetricFilters"], [logs(`log-group:/${named}/*`)]),
    allow("LookAtTopic", ["sns:GetTopicAttributes", "sns:ListTagsForResource"], [sns(`${named}-*`)]),
  ];
}

/** Settings of a bucket, as the AWS provider reads them; never what is in it. */
const BUCKET_SETTINGS = [
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
  // Newer versions of the provider read the tags by this call.
  "ListTagsForResource",
].map((name) => `s3:${name}`);

function defaultBucketStatements({ config, accountId, lob }: Account): readonly Statement[] {
  if (lob === undefined) return [];
  // Whether there is a bucket is asked by HeadBucket, which needs the action that lists it.
  return [
    allow(
      "LookAtDefaultBucket",
      [...BUCKET_SETTINGS, "s3:ListBucket"],
      [`arn:aws:s3:::${defaultBucketName(config.region, accountId)}`],
    ),
  ];
}

/** Of the bucket that the stack `state` makes: its settings. */
function bucketStatements({ config }: Account): readonly Statement[] {
  const { state } = config;
  if (config.stateBucket !== true || state.backend !== "s3") return [];
  return [allow("LookAtStateBucket", BUCKET_SETTINGS, [`arn:aws:s3:::${state.bucket}`])];
}

/** A name of the company's own for the API; unlike APIs, it is an account's. */
function apiNames({ config, accountId }: Account): readonly string[] {
  if (config.access?.domain === undefined) return [];
  const beginning = `arn:aws:apigateway:${config.region}:${accountId}:`;
  return [
    `${beginning}/domainnames/${config.access.domain.name}+*`,
    `${beginning}/domainnameaccessassociations`,
    `arn:aws:apigateway:${config.region}::/tags/*`,
  ];
}
