import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";

import type { LineOfBusiness } from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import { policyDocument, policyVariable, serviceTrust, type Statement } from "../constructs/policy-document";

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
      // The domain tells STS the user profile as source identity; the policy below is written for it.
      assumeRolePolicy: serviceTrust("sagemaker.amazonaws.com", lob.account.id, "sts:SetSourceIdentity"),
    });
    this.arn = role.arn;
    for (const policyArn of lob.executionPolicyArns ?? []) {
      new IamRolePolicyAttachment(this, `Policy-${policyArn}`, { provider, role: role.name, policyArn });
    }
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "studio-apps",
      policy: policyDocument(...appStatements(props), ...dataStatements(props)),
    });
  }
}

/**
 * Apps and spaces of the user's own profile. The source identity is the profile's name: the domain is set to pass it.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-spaces.html and
 * https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html
 */
function appStatements({ config, lob, domainId, endpointIds }: ExecutionRoleProps): readonly Statement[] {
  const sagemaker = (resource: string): string =>
    `arn:aws:sagemaker:${config.region}:${lob.account.id}:${resource}`;
  const ownProfile = sagemaker(`user-profile/${domainId}/${policyVariable("aws:SourceIdentity")}`);
  const spaces = sagemaker(`space/${domainId}/*`);
  const apps = sagemaker(`app/${domainId}/*`);
  const owned = { ArnEquals: { "sagemaker:OwnerUserProfileArn": ownProfile } };
  return [
    {
      Sid: "OpenOwnApps",
      Effect: "Allow",
      Action: "sagemaker:CreatePresignedDomainUrl",
      Resource: ownProfile,
      Condition: { StringEquals: { "aws:SourceVpce": endpointIds } },
    },
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
      Resource: [sagemaker(`domain/${domainId}`), ownProfile, spaces, apps],
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
      Sid: "OwnPrivateSpaces",
      Effect: "Allow",
      Action: ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"],
      Resource: spaces,
      Condition: { ...owned, StringEquals: { "sagemaker:SpaceSharingType": "Private" } },
    },
    {
      Sid: "OwnApps",
      Effect: "Allow",
      Action: ["sagemaker:CreateApp", "sagemaker:DeleteApp"],
      Resource: apps,
      Condition: { ...owned, StringEquals: { "sagemaker:SpaceSharingType": "Private" } },
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

/** Data of this account alone: SageMaker's default bucket, the images, the logs, the key. */
function dataStatements({ config, lob, keyArn }: ExecutionRoleProps): readonly Statement[] {
  const { region } = config;
  const accountId = lob.account.id;
  const bucket = `arn:aws:s3:::sagemaker-${region}-${accountId}`;
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
