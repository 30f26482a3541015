import { hasGroups, instanceTypesOf, type Config } from "@studio-access/config";

import { blockedProfiles } from "../../expect/blocked-users";
import { namePrefix, roleArn } from "../../expect/roles";
import { networkName, type AttributeContext } from "../rules";
import type { Statement } from "./expected-statements";
import { readOnlyBuckets } from "./readable-buckets";

/**
 * What a role's own policy allows, by the part of its address that says what it is for. Undefined for the workflows' roles:
 * their rights are long, and the matrices and the closure judge them.
 */
export function rolePolicy(context: AttributeContext): readonly Statement[] | undefined {
  const { address } = context.resource;
  const { account, config } = context;
  const group = (name: string): string => logGroupArn(context, name);
  if (/PlanRole|ApplyRole/.test(address)) return undefined;
  if (address.includes("FlowLogs"))
    return [
      allow(
        ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        group(`flow-logs/${networkName(context)}:*`),
      ),
    ];
  if (address.includes("LogWriter"))
    return [
      allow(
        [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogStreams",
          "logs:FilterLogEvents",
          "logs:GetLogEvents",
          "logs:PutLogEvents",
        ],
        `arn:aws:logs:${config.region}:${account}:log-group:*`,
      ),
      allow("logs:DescribeLogGroups", "*"),
    ];
  if (address.includes("AuthorizerFunction")) return ofFunction(context, "authorizer");
  if (address.includes("PortalFunction")) return ofFunction(context, "portal");
  if (address.includes("PresignFunction")) return [...ofFunction(context, "presign"), ...ofPresign(context)];
  if (address.includes("SessionManager"))
    return [
      allow("ssm:UpdateInstanceInformation", `arn:aws:ec2:${config.region}:${account}:instance/*`),
      allow(
        ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
          (action) => `ssmmessages:${action}`,
        ),
        "*",
      ),
    ];
  if (address.includes("AccessRole")) return ofAccess(context);
  if (address.includes("ProfileMaker")) return ofProfileMaker(context);
  return address.includes("ExecutionRole")
    ? [...ofApps(context), ...ofData(context), ...nothingForBlocked(context)]
    : [];
}

function allow(action: unknown, resource: unknown, condition?: object): Statement {
  return {
    Effect: "Allow",
    Action: action,
    Resource: resource,
    ...(condition && { Condition: condition }),
  };
}

function logGroupArn({ config, account }: AttributeContext, name: string): string {
  return `arn:aws:logs:${config.region}:${account}:log-group:/${namePrefix(config)}/${name}`;
}

function keysOf({ valuesOf, stack }: AttributeContext): readonly unknown[] {
  return valuesOf(stack, "aws_kms_key", "arn");
}

function ofFunction(context: AttributeContext, name: string): readonly Statement[] {
  return [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], logGroupArn(context, `lambda/${name}:*`)),
    allow("kms:Decrypt", keysOf(context)),
  ];
}

/** Lambda places the function in the VPC by these rights, and the function itself must not use them. */
const INTERFACES = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

function ofPresign({ config, account }: AttributeContext): readonly Statement[] {
  const { region, organizationId, linesOfBusiness } = config;
  const name = namePrefix(config);
  const functions = ["presign", ...(config.smokeTest === true ? ["smoke"] : [])];
  const assume = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];
  const byGroup = linesOfBusiness.filter(hasGroups);
  return [
    allow(INTERFACES, "*"),
    {
      ...allow(INTERFACES, "*", {
        ArnEquals: {
          "lambda:SourceFunctionArn": functions.map(
            (each) => `arn:aws:lambda:${region}:${account}:function:${name}-${each}`,
          ),
        },
      }),
      Effect: "Deny",
    },
    ...directoryReads(config, account).map(({ action, tables }) => allow(action, tables)),
    organizationId === null
      ? allow(assume, [
          ...linesOfBusiness.map((lob) => roleArn(config, lob.account.id, lob.name, "access")),
          ...byGroup.map((lob) => roleArn(config, lob.account.id, lob.name, "profiles")),
        ])
      : allow(
          assume,
          ["access", ...(byGroup.length > 0 ? ["profiles"] : [])].map((role) =>
            roleArn(config, "*", "lob-*", role),
          ),
          { StringEquals: { "aws:ResourceOrgID": organizationId } },
        ),
  ];
}

/** What the presign function reads of the directory: single rows, and a user's and those of groups in one call. */
export function directoryReads(
  config: Config,
  account: string,
): readonly { readonly action: string; readonly tables: readonly string[] }[] {
  const arns = (...ends: readonly string[]): readonly string[] =>
    ends.map((end) => `arn:aws:dynamodb:${config.region}:${account}:table/${namePrefix(config)}-${end}`);
  if (!config.linesOfBusiness.some(hasGroups))
    return [{ action: "dynamodb:GetItem", tables: arns("users", "lobs") }];
  return [
    { action: "dynamodb:GetItem", tables: arns("lobs") },
    { action: "dynamodb:BatchGetItem", tables: arns("users", "groups") },
  ];
}

/** ARNs of the stack's own Studio domain: of a profile, a space, an app or the domain itself. */
function ofDomain({ config, account, valuesOf, stack }: AttributeContext): (resource: string) => string {
  const [domain] = valuesOf(stack, "aws_sagemaker_domain", "id");
  return (resource) =>
    `arn:aws:sagemaker:${config.region}:${account}:${resource.replace("DOMAIN", String(domain))}`;
}

/** Only through the hub's endpoints of SageMaker's API and of Studio. */
function throughHub({ valuesOf }: AttributeContext): Readonly<Record<string, unknown>> {
  const ids = ["sagemaker-api", "studio"].flatMap((name) =>
    valuesOf("networking", "aws_vpc_endpoint", "id", `Endpoint-${name}_`),
  );
  return { "aws:SourceVpce": ids };
}

const PRESIGN = "sagemaker:CreatePresignedDomainUrl";

function ofAccess(context: AttributeContext): readonly Statement[] {
  const arn = ofDomain(context);
  const hub = throughHub(context);
  return [
    allow(PRESIGN, arn("user-profile/DOMAIN/${aws:PrincipalTag/user}"), { StringEquals: hub }),
    allow(PRESIGN, arn("user-profile/DOMAIN/*"), {
      StringEquals: hub,
      Null: { "aws:PrincipalTag/user": "true" },
    }),
    ...noneOfBlocked(context, PRESIGN),
  ];
}

/** An action on the profiles of those whom the line of business blocks. */
function noneOfBlocked(context: AttributeContext, action: string): readonly Statement[] {
  const blocked = context.lob === undefined ? [] : blockedProfiles(context.lob);
  if (blocked.length === 0) return [];
  const arn = ofDomain(context);
  return [
    {
      ...allow(
        action,
        blocked.map((user) => arn(`user-profile/DOMAIN/${user}`)),
      ),
      Effect: "Deny",
    },
  ];
}

/** Whichever way a call says whose app makes it. */
function nothingForBlocked({ lob }: AttributeContext): readonly Statement[] {
  const blocked = lob === undefined ? [] : blockedProfiles(lob);
  if (blocked.length === 0) return [];
  return ["aws:SourceIdentity", "sagemaker:UserProfileName"].map((key) => ({
    ...allow("*", "*", { StringEquals: { [key]: blocked } }),
    Effect: "Deny",
  }));
}

/** The profile of the user that the session is named for, with the one tag, through the endpoint of SageMaker's API. */
function ofProfileMaker(context: AttributeContext): readonly Statement[] {
  const profile = ofDomain(context)("user-profile/DOMAIN/${aws:PrincipalTag/user}");
  const { valuesOf, stack } = context;
  const endpoint = {
    "aws:SourceVpce": valuesOf("networking", "aws_vpc_endpoint", "id", "Endpoint-sagemaker-api_"),
  };
  const tagged = { "aws:RequestTag/studio-access:made-by": "sign-in" };
  const noOtherTag = { "aws:TagKeys": "studio-access:made-by" };
  const group = { "sagemaker:VpcSecurityGroupIds": valuesOf(stack, "aws_security_group", "id") };
  return [
    allow("sagemaker:CreateUserProfile", profile, {
      StringEquals: { ...endpoint, ...tagged },
      "ForAllValues:StringEquals": { ...noOtherTag, ...group },
    }),
    allow("sagemaker:AddTags", profile, {
      StringEquals: tagged,
      "ForAllValues:StringEquals": noOtherTag,
      Null: { "sagemaker:TaggingAction": "false" },
    }),
    allow("sagemaker:DescribeUserProfile", profile, { StringEquals: endpoint }),
    ...noneOfBlocked(context, "sagemaker:CreateUserProfile"),
  ];
}

function ofApps(context: AttributeContext): readonly Statement[] {
  const arn = ofDomain(context);
  const spaces = arn("space/DOMAIN/*");
  const apps = arn("app/DOMAIN/*");
  const profiles = ["${aws:SourceIdentity}", "${sagemaker:UserProfileName}"].map((user) =>
    arn(`user-profile/DOMAIN/${user}`),
  );
  const sagemaker = (...actions: readonly string[]): readonly string[] =>
    actions.map((action) => `sagemaker:${action}`);
  return [
    ...profiles.flatMap((profile) => {
      const owned = {
        ArnEquals: { "sagemaker:OwnerUserProfileArn": profile },
        StringEquals: { "sagemaker:SpaceSharingType": "Private" },
        "ForAllValues:StringLike": { "sagemaker:InstanceTypes": instanceTypesOf(context.lob ?? {}) },
      };
      return [
        allow(PRESIGN, profile, { StringEquals: throughHub(context) }),
        allow(sagemaker("CreateSpace", "DeleteSpace", "UpdateSpace"), spaces, owned),
        allow(sagemaker("CreateApp", "DeleteApp"), apps, owned),
      ];
    }),
    allow(sagemaker("DescribeApp", "DescribeDomain", "DescribeSpace", "DescribeUserProfile", "ListTags"), [
      arn("domain/DOMAIN"),
      ...profiles,
      spaces,
      apps,
    ]),
    allow(sagemaker("ListApps", "ListDomains", "ListSpaces", "ListUserProfiles"), "*"),
    allow("sagemaker:AddTags", [spaces, apps], { Null: { "sagemaker:TaggingAction": "false" } }),
  ];
}

function ofData(context: AttributeContext): readonly Statement[] {
  const { config, account } = context;
  const { region } = config;
  const bucket = `arn:aws:s3:::sagemaker-${region}-${account}`;
  const own = { StringEquals: { "aws:ResourceAccount": account } };
  const keys = keysOf(context);
  return [
    allow(["s3:GetBucketLocation", "s3:ListBucket"], bucket, own),
    allow(["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"], `${bucket}/*`, own),
    ...readOnlyBuckets(config),
    allow("ecr:GetAuthorizationToken", "*"),
    allow(
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      `arn:aws:ecr:${region}:${account}:repository/*`,
    ),
    allow(
      ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      `arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/*`,
    ),
    allow(
      [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      keys,
    ),
    allow("kms:CreateGrant", keys, { Bool: { "kms:GrantIsForAWSResource": "true" } }),
  ];
}
