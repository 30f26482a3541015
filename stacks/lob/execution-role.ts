import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";

import {
  blockedProfilesOf,
  defaultBucketName,
  instanceTypesOf,
  type LineOfBusiness,
} from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import { policyDocument, policyVariable, type Statement } from "../constructs/policy-document";
import { readOnlyBuckets } from "./studio-network";

export interface ExecutionRoleProps extends EncryptedContext {
  readonly lob: LineOfBusiness;
  /** The domain whose apps run with the role. */
  readonly domainId: string;
  /** Endpoints of the SageMaker API and of Studio, through which alone a URL may be made. */
  readonly endpointIds: readonly string[];
}

/** The role that Studio's apps run with. */
export class ExecutionRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const { provider, lob, names } = props;
    const role = new IamRole(this, "Role", {
      provider,
      name: names.of(lob.name, "execution"),
      path: names.rolePath,
      description: `Studio Access: apps of ${lob.name}`,
      assumeRolePolicy: trustOfStudio(props),
    });
    this.arn = role.arn;
    for (const policyArn of lob.executionPolicyArns ?? []) {
      new IamRolePolicyAttachment(this, `Policy-${policyArn}`, { provider, role: role.name, policyArn });
    }
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "studio-apps",
      policy: policyDocument(...appStatements(props), ...dataStatements(props), ...nothingForBlocked(props)),
    });
  }
}

/**
 * SageMaker, for this account alone. AWS documents both keys for its roles, and not which of them Studio sends.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
function trustOfStudio({ config, lob }: ExecutionRoleProps): string {
  const account = lob.account.id;
  const studio = {
    Effect: "Allow",
    Principal: { Service: "sagemaker.amazonaws.com" },
    // The domain tells STS the user profile as source identity.
    Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
  } as const;
  return policyDocument(
    {
      Sid: "ServiceOfThisAccount",
      ...studio,
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
    {
      Sid: "ServiceForResourcesOfThisAccount",
      ...studio,
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:${config.region}:${account}:*` } },
    },
  );
}

/**
 * How a call says which profile it acts for. Studio Classic passes the profile's name as source identity, which the domain is
 * set to do; AWS's policies for new Studio name it by a key of SageMaker's own. A variable without a value matches
 * nothing, so each may stand beside the other.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html and
 * https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-jl-admin-guide-permissions.html
 */
const OWNERS = { BySourceIdentity: "aws:SourceIdentity", ByProfile: "sagemaker:UserProfileName" } as const;

/**
 * Apps and spaces of the user's own profile.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-spaces.html
 */
function appStatements({ config, lob, domainId, endpointIds }: ExecutionRoleProps): readonly Statement[] {
  const sagemaker = (resource: string): string =>
    `arn:aws:sagemaker:${config.region}:${lob.account.id}:${resource}`;
  const profileOf = (key: string): string => sagemaker(`user-profile/${domainId}/${policyVariable(key)}`);
  const spaces = sagemaker(`space/${domainId}/*`);
  const apps = sagemaker(`app/${domainId}/*`);
  return [
    ...Object.entries(OWNERS).flatMap(([how, key]) =>
      ownStatements(how, profileOf(key), { spaces, apps, endpointIds, lob }),
    ),
    {
      Sid: "SeeDomain",
      Effect: "Allow",
      Action: [
        "sagemaker:DescribeApp",
        "sagemaker:DescribeDomain",
        "sagemaker:DescribeSpace",
        "sagemaker:DescribeUserProfile",
        "sagemaker:ListTags",
      ],
      Resource: [
        sagemaker(`domain/${domainId}`),
        ...Object.values(OWNERS).map((key) => profileOf(key)),
        spaces,
        apps,
      ],
    },
    {
      Sid: "ListDomain",
      Effect: "Allow",
      Action: [
        "sagemaker:ListApps",
        "sagemaker:ListDomains",
        "sagemaker:ListSpaces",
        "sagemaker:ListUserProfiles",
      ],
      Resource: "*",
    },
    {
      Sid: "TagWhatIsCreated",
      Effect: "Allow",
      Action: "sagemaker:AddTags",
      Resource: [spaces, apps],
      Condition: { Null: { "sagemaker:TaggingAction": "false" } },
    },
  ];
}

/** What runs for a user who is blocked can do nothing more in AWS, whichever way the call says whose it is. */
function nothingForBlocked({ lob }: ExecutionRoleProps): readonly Statement[] {
  const blocked = blockedProfilesOf(lob);
  if (blocked.length === 0) return [];
  return Object.entries(OWNERS).map(([how, key]) => ({
    Sid: `NothingForBlockedUsers${how}`,
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { [key]: blocked } },
  }));
}

interface Own {
  readonly spaces: string;
  readonly apps: string;
  readonly endpointIds: readonly string[];
  readonly lob: LineOfBusiness;
}

/** What a user may do with the own profile, and with private spaces and apps that belong to it. */
function ownStatements(
  how: string,
  profile: string,
  { spaces, apps, endpointIds, lob }: Own,
): readonly Statement[] {
  const owned = {
    ArnEquals: { "sagemaker:OwnerUserProfileArn": profile },
    StringEquals: { "sagemaker:SpaceSharingType": "Private" },
    // Holds where a call names no instance type, such as a deletion. A space's own default counts for apps that name none,
    // so it is bounded as well.
    "ForAllValues:StringLike": { "sagemaker:InstanceTypes": [...instanceTypesOf(lob)] },
  };
  return [
    {
      Sid: `OpenOwnApps${how}`,
      Effect: "Allow",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: profile,
      Condition: { StringEquals: { "aws:SourceVpce": endpointIds } },
    },
    {
      Sid: `OwnPrivateSpaces${how}`,
      Effect: "Allow",
      Action: ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"],
      Resource: spaces,
      Condition: owned,
    },
    {
      Sid: `OwnApps${how}`,
      Effect: "Allow",
      Action: ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
      Resource: apps,
      Condition: owned,
    },
  ];
}

/** Data of this account alone: SageMaker's default bucket, the images, the logs, the key. */
function dataStatements({ config, lob, keyArn }: ExecutionRoleProps): readonly Statement[] {
  const { region } = config;
  const accountId = lob.account.id;
  const bucket = `arn:aws:s3:::${defaultBucketName(region, accountId)}`;
  const sameAccount = { StringEquals: { "aws:ResourceAccount": accountId } };
  return [
    {
      Sid: "FindBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:ListBucket"],
      Resource: bucket,
      Condition: sameAccount,
    },
    {
      Sid: "UseBucket",
      Effect: "Allow",
      Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: `${bucket}/*`,
      Condition: sameAccount,
    },
    ...readOnlyBuckets(config),
    { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: `arn:aws:ecr:${region}:${accountId}:repository/*`,
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${accountId}:log-group:/aws/sagemaker/*`,
    },
    {
      Sid: "UseKey",
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: keyArn,
    },
    // For the volumes of apps and jobs, by AWS's services on the role's behalf: code in an app grants the key to nobody.
    {
      Sid: "GrantKeyToServices",
      Effect: "Allow",
      Action: "kms:CreateGrant",
      Resource: keyArn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
