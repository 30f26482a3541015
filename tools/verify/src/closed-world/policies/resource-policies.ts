import { namePrefix, presignRoleArn } from "../../expect/roles";
import { text } from "../../model/attributes";
import { networkName, type AttributeContext } from "../rules";
import type { Statement } from "./expected-statements";
import { readOnlyBuckets } from "./readable-buckets";
import { directoryReads } from "./role-policies";

/** Policies of endpoints, keys, buckets, topics, logs and the API: whom they let in, and what to. */
export function resourcePolicy(context: AttributeContext): readonly Statement[] {
  switch (context.resource.type) {
    case "aws_vpc_endpoint":
      return ofEndpoint(context);
    case "aws_kms_key":
      return ofKey(context);
    case "aws_s3_bucket_policy":
      return ofBucket(context);
    case "aws_cloudwatch_log_resource_policy":
      return ofDnsQueries(context);
    case "aws_sns_topic":
      return ofTopic(context);
    case "aws_api_gateway_domain_name":
      return ofDomain(context);
    default:
      return ofApi(context);
  }
}

function allow(action: unknown, resource: unknown, condition?: object, principal: unknown = "*"): Statement {
  const when = condition && { Condition: condition };
  return { Effect: "Allow", Principal: principal, Action: action, Resource: resource, ...when };
}

/** The hub's endpoints by the end of their service's name, the access VPC's of DynamoDB, a LOB's of S3. */
function ofEndpoint(context: AttributeContext): readonly Statement[] {
  const { config, account, resource, kind } = context;
  if (kind === "access") {
    const presign = { ArnEquals: { "aws:PrincipalArn": presignRoleArn(config) } };
    return directoryReads(config, account).map(({ action, tables }) => allow(action, tables, presign));
  }
  if (kind === "lob") {
    const images = `arn:aws:s3:::prod-${config.region}-starport-layer-bucket/*`;
    const ours = { StringEquals: { "aws:PrincipalAccount": account } };
    return [
      allow("s3:*", "*", { StringEquals: { "aws:ResourceAccount": account } }),
      allow("s3:GetObject", images, ours),
      ...readOnlyBuckets(config, { Principal: "*", Condition: ours }),
    ];
  }
  const service = text(resource, "service_name").split(".").slice(3).join("-");
  if (service === "execute-api")
    return [allow("execute-api:Invoke", `arn:aws:execute-api:${config.region}:${account}:*`)];
  return ofCentralService(service, context);
}

const PREFIXES: Readonly<Record<string, string>> = {
  "sagemaker-api": "sagemaker",
  "sagemaker-runtime": "sagemaker",
  studio: "sagemaker",
  "ecr-api": "ecr",
  "ecr-dkr": "ecr",
  monitoring: "cloudwatch",
};

function ofCentralService(service: string, { config }: AttributeContext): readonly Statement[] {
  const { organizationId } = config;
  const accounts = [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)].map(
    ({ id }) => id,
  );
  const ours = (whose: "Principal" | "Resource"): Readonly<Record<string, unknown>> =>
    organizationId === null
      ? { [`aws:${whose}Account`]: accounts }
      : { [`aws:${whose}OrgID`]: organizationId };
  const principals = { StringEquals: ours("Principal") };
  const resources = { StringEquals: ours("Resource") };
  const all = `${PREFIXES[service] ?? service}:*`;
  if (service === "sts")
    return [
      allow(["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"], "*", {
        StringEquals: { ...ours("Principal"), ...ours("Resource") },
      }),
      allow(
        ["sts:DecodeAuthorizationMessage", "sts:GetCallerIdentity", "sts:GetSessionToken"],
        "*",
        principals,
      ),
      allow("sts:AssumeRoleWithWebIdentity", "*", resources),
    ];
  return [allow(all, "*", principals), ...(service === "studio" ? [allow(all, "*", resources)] : [])];
}

const ADMINISTRATION = (
  "CancelKeyDeletion CreateAlias CreateGrant Decrypt DeleteAlias DescribeKey DisableKey DisableKeyRotation EnableKey " +
  "EnableKeyRotation Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GetKeyPolicy GetKeyRotationStatus ListGrants " +
  "ListKeyPolicies ListResourceTags PutKeyPolicy ReEncryptFrom ReEncryptTo RevokeGrant ScheduleKeyDeletion TagResource " +
  "UntagResource UpdateAlias UpdateKeyDescription"
)
  .split(" ")
  .map((action) => `kms:${action}`);

const USE = ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"].map(
  (action) => `kms:${action}`,
);

/** The account, whose IAM policies decide; its logs; and in `access` its alarms, which are sent by a sealed topic. */
function ofKey({ config, account, kind }: AttributeContext): readonly Statement[] {
  const group = (name: string): string => `arn:aws:logs:${config.region}:${account}:log-group:${name}`;
  const groups = [
    group(`/${namePrefix(config)}/*`),
    ...(kind === "access" ? [group("API-Gateway-Execution-Logs_*")] : []),
  ];
  const logs = allow(
    USE,
    "*",
    { ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } },
    { Service: `logs.${config.region}.amazonaws.com` },
  );
  const alarms = allow(
    ["kms:Decrypt", "kms:GenerateDataKey"],
    "*",
    { StringEquals: { "aws:SourceAccount": account } },
    { Service: "cloudwatch.amazonaws.com" },
  );
  return [
    allow(ADMINISTRATION, "*", undefined, { AWS: `arn:aws:iam::${account}:root` }),
    ...(kind === "state" || kind === "ci" ? [] : [logs]),
    ...(kind === "access" ? [alarms] : []),
  ];
}

function ofBucket({ resource, kind }: AttributeContext): readonly Statement[] {
  const arn = `arn:aws:s3:::${text(resource, "bucket")}`;
  const refuse = (condition: object, action = "s3:*", on: unknown = [arn, `${arn}/*`]): Statement => ({
    ...allow(action, on, condition),
    Effect: "Deny",
  });
  const encryption = "s3:x-amz-server-side-encryption";
  return [
    refuse({ Bool: { "aws:SecureTransport": "false" } }),
    refuse({ NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    ...(kind === "state"
      ? [
          refuse(
            { StringNotEquals: { [encryption]: "aws:kms" }, Null: { [encryption]: "false" } },
            "s3:PutObject",
            `${arn}/*`,
          ),
        ]
      : []),
  ];
}

function ofDnsQueries(context: AttributeContext): readonly Statement[] {
  const { config, account } = context;
  const logs = `arn:aws:logs:${config.region}:${account}`;
  const group = `${logs}:log-group:/${namePrefix(config)}/dns-queries/${networkName(context)}`;
  return [
    allow(
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      `${group}:log-stream:*`,
      {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `${logs}:*` },
      },
      { Service: "delivery.logs.amazonaws.com" },
    ),
  ];
}

/** SNS makes this policy for a topic that is given none: its own account alone. */
function ofTopic({ config, account, resource }: AttributeContext): readonly Statement[] {
  const actions =
    "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic Subscribe ListSubscriptionsByTopic Publish"
      .split(" ")
      .map((action) => `SNS:${action}`);
  const topic = `arn:aws:sns:${config.region}:${account}:${text(resource, "name")}`;
  return [allow(actions, topic, { StringEquals: { "AWS:SourceOwner": account } }, { AWS: "*" })];
}

function ofApi(context: AttributeContext): readonly Statement[] {
  const [arn] = context.valuesOf(context.stack, "aws_api_gateway_rest_api", "execution_arn");
  return throughHub(context, `${String(arn)}/*`);
}

/** The company's own name for the API, whichever id it got. */
function ofDomain(context: AttributeContext): readonly Statement[] {
  const { config, account } = context;
  const name = String(config.access?.domain?.name);
  return throughHub(context, `arn:aws:execute-api:${config.region}:${account}:/domainnames/${name}+*`);
}

/** The one endpoint of the hub, and no other way. */
function throughHub({ valuesOf }: AttributeContext, resource: string): readonly Statement[] {
  const hub = { "aws:SourceVpce": valuesOf("networking", "aws_vpc_endpoint", "id", "Endpoint-execute-api_") };
  const calls = ["execute-api:Invoke", resource] as const;
  return [
    allow(...calls, { StringEquals: hub }),
    { ...allow(...calls, { StringNotEquals: hub }), Effect: "Deny" },
  ];
}
