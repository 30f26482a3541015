import { namesFor, boundaryArn, ciPath, planKeyName } from "@studio-access/config";
import type { Conditions, Statement } from "../constructs/policy-document";
import { arnsOf } from "./arns";
import type { CiPlace } from "./place";

/**
 * Services that our stacks are made of. A new kind of resource in a stack needs other actions of its service with every
 * change of the provider, so a service is allowed whole, in the one region; what would lead out of it is denied below,
 * and IAM, S3 and KMS are not among them (docs/decisions/0008-roles-for-workflows.md).
 */
const SERVICES_EVERYWHERE = ["ec2", "logs", "ram"];
const SERVICES_IN_SHARED_SERVICES = [
  "apigateway",
  "cloudwatch",
  "cognito-idp",
  "dynamodb",
  "lambda",
  "route53resolver",
  "sns",
];
const SERVICES_IN_LOBS = ["elasticfilesystem", "sagemaker"];

/** Services that run with a role of ours. */
const RUNS_WITH_ROLES = ["apigateway", "ec2", "lambda", "sagemaker", "vpc-flow-logs"];

/** Services that make themselves a role when first used. */
const SERVICE_LINKED = [
  "elasticfilesystem.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "ram.amazonaws.com",
  "route53resolver.amazonaws.com",
  "sagemaker.amazonaws.com",
  "transitgateway.amazonaws.com",
];

export function changeStatements(place: CiPlace): readonly Statement[] {
  const { config, lob } = place;
  const services = [
    ...SERVICES_EVERYWHERE,
    ...(lob === undefined ? SERVICES_IN_SHARED_SERVICES : SERVICES_IN_LOBS),
  ];
  return [
    {
      Sid: "OurServicesInOurRegion",
      Effect: "Allow",
      Action: services.map((service) => `${service}:*`),
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
    ...keyStatements(place),
    ...roleStatements(place),
  ];
}

/** Keys by the tag that every resource of ours has; used by way of the services that encrypt with them. */
function keyStatements(place: CiPlace): readonly Statement[] {
  const { config } = place;
  const keys = arnsOf(place).kms("key/*");
  const ours: Conditions = { StringEquals: { "aws:ResourceTag/Project": "studio-access" } };
  return [
    {
      Sid: "MakeKeys",
      Effect: "Allow",
      Action: ["kms:CreateKey", "kms:TagResource"],
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestTag/Project": "studio-access" } },
    },
    {
      Sid: "ChangeOurKeys",
      Effect: "Allow",
      Action: [
        "kms:DisableKeyRotation",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
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
      Resource: [keys, arnsOf(place).kms(`alias/${arnsOf(place).named}-*`)],
    },
    {
      Sid: "EncryptWithOurKeys",
      Effect: "Allow",
      Action: ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: keys,
      Condition: {
        StringEquals: { "aws:ResourceTag/Project": "studio-access" },
        StringLike: { "kms:ViaService": `*.${config.region}.amazonaws.com` },
      },
    },
  ];
}

/** Roles at the path of this environment, each with the boundary; and only services that our stacks use get them. */
function roleStatements(place: CiPlace): readonly Statement[] {
  const { config, accountId, lob } = place;
  const { iam } = arnsOf(place);
  const { rolePath } = namesFor(config.environment);
  const roles = iam(`role${rolePath}*`);
  const bounded: Conditions = {
    StringEquals: { "iam:PermissionsBoundary": boundaryArn(config, accountId) },
  };
  return [
    {
      Sid: "MakeRolesWithinBoundary",
      Effect: "Allow",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
      ],
      Resource: roles,
      Condition: bounded,
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
    ...(lob === undefined ? instanceProfileStatements(place) : []),
  ];
}

/** The simulator's machines. */
function instanceProfileStatements(place: CiPlace): readonly Statement[] {
  const { iam } = arnsOf(place);
  const { rolePath } = namesFor(place.config.environment);
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

/** What the role must never do, whatever else is allowed or attached. */
export function changeRefusals(place: CiPlace): readonly Statement[] {
  const { iam } = arnsOf(place);
  const path = ciPath(place.config);
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
    // Of the stacks that only an administrator deploys.
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
          "kms:ResourceAliases": [`alias/${planKeyName(place.config)}`, `alias/${arnsOf(place).named}-state`],
        },
      },
    },
  ];
}
