import { defaultBucketName, namesFor, boundaryArn, ciPath, planKeyName } from "@studio-access/config";
import type { Conditions, Statement } from "./statement";
import { arnsOf } from "./arns";
import type { Account } from "./account";
import { RUNS_WITH_ROLES, SERVICE_LINKED, servicesOf } from "./services";

export function changeStatements(context: Account): readonly Statement[] {
  const { config, lob } = context;
  return [
    {
      Sid: "OurServicesInOurRegion",
      Effect: "Allow",
      Action: servicesOf(context).map((service) => `${service}:*`),
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": config.region } },
    },
    // Route 53 is one service for all regions; a LOB associates its VPC with the hub's zones.
    {
      Sid: "Zones",
      Effect: "Allow",
      Action:
        lob === undefined
          ? "route53:*"
          : [
              "route53:AssociateVPCWithHostedZone",
              "route53:DisassociateVPCFromHostedZone",
              "route53:GetChange",
            ],
      Resource: "*",
    },
    ...keyStatements(context),
    ...roleStatements(context),
    ...bucketStatements(context),
  ];
}

/** Keys are selected by the tag of all our resources, and used only through the services that encrypt with them. */
function keyStatements(context: Account): readonly Statement[] {
  const { config } = context;
  const keys = arnsOf(context).kms("key/*");
  const ours: Conditions = { StringEquals: { "aws:ResourceTag/Project": "studio-access" } };
  return [
    {
      Sid: "MakeKeys",
      Effect: "Allow",
      Action: ["kms:CreateKey", "kms:TagResource"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestTag/Project": "studio-access" } },
    },
    // A key that a deploy was cut off at may have no alias to be found by.
    { Sid: "FindKeys", Effect: "Allow", Action: "kms:ListKeys", Resource: "*" },
    {
      Sid: "ChangeOurKeys",
      Effect: "Allow",
      Action: [
        "kms:DisableKeyRotation",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        // The provider sends a changed tag alone, without the one that MakeKeys asks for.
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateKeyDescription",
      ],
      Resource: keys,
      Condition: ours,
    },
    {
      Sid: "NameOurKeys",
      Effect: "Allow",
      Action: ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      Resource: [keys, arnsOf(context).kms(`alias/${arnsOf(context).named}-*`)],
    },
    {
      Sid: "EncryptWithOurKeys",
      Effect: "Allow",
      Action: [
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        // For encrypted volumes, file systems and tables.
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: keys,
      Condition: {
        StringEquals: { "aws:ResourceTag/Project": "studio-access" },
        StringLike: { "kms:ViaService": `*.${config.region}.amazonaws.com` },
      },
    },
  ];
}

/**
 * Roles at the path of this environment, each with the boundary where the config has one, which is where workflows deploy.
 * They can be passed only to services that our stacks
 * use.
 */
function roleStatements(context: Account): readonly Statement[] {
  const { config, accountId, lob } = context;
  const { iam } = arnsOf(context);
  const { rolePath } = namesFor(config.environment);
  const roles = iam(`role${rolePath}*`);
  const hasBoundary = config.ci !== undefined && config.ci !== null;
  const bounded: Conditions = {
    StringEquals: { "iam:PermissionsBoundary": boundaryArn(config, accountId) },
  };
  return [
    {
      Sid: hasBoundary ? "MakeRolesWithinBoundary" : "MakeRoles",
      Effect: "Allow",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        ...(hasBoundary ? ["iam:PutRolePermissionsBoundary"] : []),
        "iam:PutRolePolicy",
      ],
      Resource: roles,
      ...(hasBoundary ? { Condition: bounded } : {}),
    },
    {
      Sid: "ChangeRoles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:ListInstanceProfilesForRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: roles,
    },
    {
      Sid: "HandRolesToServices",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: {
        StringEquals: { "iam:PassedToService": RUNS_WITH_ROLES.map((service) => `${service}.amazonaws.com`) },
      },
    },
    {
      Sid: "RolesOfServices",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: iam("role/aws-service-role/*"),
      Condition: { StringEquals: { "iam:AWSServiceName": SERVICE_LINKED } },
    },
    ...(lob === undefined ? instanceProfileStatements(context) : []),
  ];
}

/** The simulator's machines. */
function instanceProfileStatements(context: Account): readonly Statement[] {
  const { iam } = arnsOf(context);
  const { rolePath } = namesFor(context.config.environment);
  return [
    {
      Sid: "InstanceProfiles",
      Effect: "Allow",
      Action: [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
        "iam:UntagInstanceProfile",
      ],
      Resource: iam(`instance-profile${rolePath}*`),
    },
  ];
}

/** SageMaker's default bucket of a line of business, and of no other bucket anything. */
function bucketStatements({ config, accountId, lob }: Account): readonly Statement[] {
  if (lob === undefined) return [];
  const bucket = `arn:aws:s3:::${defaultBucketName(config.region, accountId)}`;
  const change = [
    "CreateBucket",
    "DeleteBucket",
    "DeleteBucketPolicy",
    "ListBucketVersions",
    "PutBucketOwnershipControls",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutBucketTagging",
    "PutBucketVersioning",
    "PutEncryptionConfiguration",
    "TagResource",
    "UntagResource",
  ];
  // A bucket must be empty before it goes.
  const empty: readonly Statement[] =
    config.dataRetention === "retain"
      ? []
      : [
          {
            Sid: "EmptyDefaultBucket",
            Effect: "Allow",
            Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            Resource: `${bucket}/*`,
          },
        ];
  return [
    {
      Sid: "MakeDefaultBucket",
      Effect: "Allow",
      Action: change.map((name) => `s3:${name}`),
      Resource: bucket,
    },
    ...empty,
  ];
}

/** What the role must never do, whatever else is allowed or attached. */
export function changeRefusals(context: Account): readonly Statement[] {
  const { iam } = arnsOf(context);
  const path = ciPath(context.config);
  return [
    {
      Sid: "NotItsOwnRights",
      Effect: "Deny",
      Action: "iam:*",
      Resource: [iam(`role${path}*`), iam(`policy${path}*`), iam("oidc-provider/*")],
    },
    { Sid: "NoBoundaryLifted", Effect: "Deny", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
    {
      Sid: "NoAccountOrOrganization",
      Effect: "Deny",
      Action: [
        "account:*",
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:CreatePolicyVersion",
        "iam:CreateUser",
        "organizations:*",
        "ram:EnableSharingWithAwsOrganization",
      ],
      Resource: "*",
    },
    // The keys of the stacks that only an administrator deploys.
    {
      Sid: "NotTheKeysOfStateAndPlans",
      Effect: "Deny",
      Action: [
        "kms:DisableKey",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:UpdateAlias",
        "kms:DeleteAlias",
      ],
      Resource: "*",
      Condition: {
        "ForAnyValue:StringEquals": {
          "kms:ResourceAliases": [
            `alias/${planKeyName(context.config)}`,
            `alias/${arnsOf(context).named}-state`,
          ],
        },
      },
    },
  ];
}
