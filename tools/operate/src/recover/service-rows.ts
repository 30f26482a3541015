import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  AdminGetUserCommand,
  DescribeUserPoolDomainCommand,
  GetGroupCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DescribeTableCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import {
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  DescribeKeyCommand,
  ListResourceTagsCommand,
  paginateListAliases,
  paginateListKeys,
} from "@aws-sdk/client-kms";
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand as GetLambdaPolicyCommand,
} from "@aws-sdk/client-lambda";
import { GetResourceShareAssociationsCommand, GetResourceSharesCommand } from "@aws-sdk/client-ram";
import {
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesByVPCCommand,
  ListResourceRecordSetsCommand,
  ListVPCAssociationAuthorizationsCommand,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { DescribeUserProfileCommand, ListDomainsCommand } from "@aws-sdk/client-sagemaker";

import type { Account } from "./account";
import { isThere, joined, OVERWRITES, searched, tagsOf, text, type ImportRow } from "./import-row";

const GONE = new Set(["DISASSOCIATED", "DISASSOCIATING", "FAILED"]);

/** All services but API Gateway, EC2 and Route 53 Resolver. */
export const SERVICE_ROWS: Readonly<Record<string, ImportRow>> = {
  aws_cloudwatch_log_group: joined("", ["name"], async ({ name }, { logs }) => {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    return logGroups.some(({ logGroupName }) => logGroupName === name);
  }),
  aws_cloudwatch_log_metric_filter: { again: OVERWRITES },
  aws_cloudwatch_log_resource_policy: { again: OVERWRITES },
  aws_cloudwatch_metric_alarm: { again: OVERWRITES },

  aws_cognito_user: joined(
    "/",
    ["user_pool_id", "username"],
    async ({ user_pool_id: UserPoolId, username: Username }, { cognito }) =>
      isThere(cognito.send(new AdminGetUserCommand({ UserPoolId, Username }))),
  ),
  aws_cognito_user_group: joined(
    "/",
    ["user_pool_id", "name"],
    async ({ user_pool_id: UserPoolId, name: GroupName }, { cognito }) =>
      isThere(cognito.send(new GetGroupCommand({ UserPoolId, GroupName }))),
  ),
  aws_cognito_user_pool: searched(["name"], async ({ name }, { cognito }) => {
    const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    return UserPools.filter(({ Name }) => Name === name).flatMap(({ Id }) => Id ?? []);
  }),
  aws_cognito_user_pool_client: searched(
    ["user_pool_id", "name"],
    async (known, { cognito }) => {
      const { user_pool_id: UserPoolId = "", name } = known;
      const { UserPoolClients = [] } = await cognito.send(
        new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }),
      );
      return UserPoolClients.filter(({ ClientName }) => ClientName === name).map(
        ({ ClientId = "" }) => `${UserPoolId}/${ClientId}`,
      );
    },
    // Terraform's own: whether the call that makes the client asks for a secret.
    { unread: ["generate_secret"] },
  ),
  aws_cognito_user_pool_domain: joined("", ["domain"], async ({ domain: Domain }, { cognito }) => {
    const { DomainDescription: found } = await cognito.send(new DescribeUserPoolDomainCommand({ Domain }));
    return found?.UserPoolId !== undefined;
  }),

  aws_dynamodb_table: joined("", ["name"], async ({ name: TableName }, { dynamodb }) =>
    isThere(dynamodb.send(new DescribeTableCommand({ TableName }))),
  ),
  // The create call refuses a row that is there, and the provider cannot import one.
  aws_dynamodb_table_item: {
    needs: ["table_name", "hash_key", "item"],
    byState: true,
    search: async ({ table_name: TableName = "", hash_key: key = "", item = "" }, { dynamodb }) => {
      const row = JSON.parse(item) as Record<string, { readonly S: string }>;
      const { [key]: keyValue = { S: "" } } = row;
      const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName, Key: { [key]: keyValue }, ConsistentRead: true }),
      );
      // A row of another line of business is not this stack's.
      const isOurs = Item !== undefined && (row["LOB"] === undefined || Item["LOB"]?.S === row["LOB"].S);
      return isOurs ? [`${TableName}|${key}|${keyValue.S}`] : [];
    },
  },

  aws_iam_instance_profile: joined("", ["name"], async ({ name: InstanceProfileName }, { iam }) =>
    isThere(iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))),
  ),
  aws_iam_openid_connect_provider: searched(["url"], async ({ url = "" }, { id, iam }) => {
    const OpenIDConnectProviderArn = `arn:aws:iam::${id}:oidc-provider/${url.replace("https://", "")}`;
    const found = await isThere(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })));
    return found ? [OpenIDConnectProviderArn] : [];
  }),
  aws_iam_policy: searched(["path", "name"], async ({ path = "", name = "" }, { id, iam }) => {
    const PolicyArn = `arn:aws:iam::${id}:policy${path}${name}`;
    return (await isThere(iam.send(new GetPolicyCommand({ PolicyArn })))) ? [PolicyArn] : [];
  }),
  aws_iam_role: joined("", ["name"], async ({ name: RoleName }, { iam }) =>
    isThere(iam.send(new GetRoleCommand({ RoleName }))),
  ),
  // The create call overwrites it, but no role can be deleted while it has one that Terraform does not know.
  aws_iam_role_policy: joined(":", ["role", "name"], async ({ role: RoleName, name: PolicyName }, { iam }) =>
    isThere(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  ),
  aws_iam_role_policy_attachment: { again: OVERWRITES },

  aws_kms_alias: joined("", ["name"], async ({ name }, { kms }) => {
    const pages = paginateListAliases({ client: kms }, {});
    for await (const { Aliases = [] } of pages)
      if (Aliases.some(({ AliasName }) => AliasName === name)) return true;
    return false;
  }),
  aws_kms_key: searched(["description"], keysWith),

  aws_lambda_function: joined("", ["function_name"], async ({ function_name: FunctionName }, { lambda }) =>
    isThere(lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
  ),
  aws_lambda_permission: joined(
    "/",
    ["function_name", "statement_id"],
    async ({ function_name: FunctionName, statement_id: sid }, { lambda }) => {
      let policy = "";
      const asked = lambda.send(new GetLambdaPolicyCommand({ FunctionName }));
      const found = await isThere(asked.then(({ Policy = "" }) => (policy = Policy)));
      return found && policy.includes(JSON.stringify(sid));
    },
  ),

  aws_ram_principal_association: joined(",", ["resource_share_arn", "principal"], async (known, { ram }) =>
    isShared("PRINCIPAL", known["resource_share_arn"], known["principal"], ram),
  ),
  aws_ram_resource_association: joined(",", ["resource_share_arn", "resource_arn"], async (known, { ram }) =>
    isShared("RESOURCE", known["resource_share_arn"], known["resource_arn"], ram),
  ),
  aws_ram_resource_share: searched(["name"], async ({ name }, { ram }) => {
    const { resourceShares = [] } = await ram.send(
      new GetResourceSharesCommand({ resourceOwner: "SELF", ...(name === undefined ? {} : { name }) }),
    );
    return resourceShares
      .filter((share) => share.name === name && !["DELETED", "DELETING"].includes(share.status ?? ""))
      .flatMap(({ resourceShareArn }) => resourceShareArn ?? []);
  }),
  aws_ram_resource_share_accepter: joined("", ["share_arn"], async ({ share_arn: share = "" }, { ram }) => {
    const { resourceShares = [] } = await ram.send(
      new GetResourceSharesCommand({ resourceOwner: "OTHER-ACCOUNTS", resourceShareArns: [share] }),
    );
    return resourceShares.some(({ resourceShareArn }) => resourceShareArn === share);
  }),

  aws_route53_record: joined("_", ["zone_id", "name", "type"], async (known, { route53 }) => {
    const { zone_id: HostedZoneId, name = "", type } = known;
    const { ResourceRecordSets = [] } = await route53.send(
      new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name }),
    );
    // Route 53 writes `*` in its octal form, and ends every name with a dot.
    return ResourceRecordSets.some(
      ({ Name = "", Type }) => Type === type && Name.replace("\\052", "*").replace(/\.$/, "") === name,
    );
  }),
  aws_route53_vpc_association_authorization: joined(
    ":",
    ["zone_id", "vpc_id"],
    async (known, { route53 }) => {
      const { VPCs = [] } = await route53.send(
        new ListVPCAssociationAuthorizationsCommand({ HostedZoneId: known["zone_id"], MaxResults: 50 }),
      );
      return VPCs.some(({ VPCId }) => VPCId === known["vpc_id"]);
    },
  ),
  // Several private zones may have one name. A zone gets its tags by a second call, but its VPC by the first.
  aws_route53_zone: searched(["name"], async (known, { route53 }, planned) => {
    const name = `${known["name"] ?? ""}.`;
    const vpc = vpcOf(planned["vpc"]);
    if (vpc === undefined) return undefined;
    const { HostedZones = [] } = await route53.send(
      new ListHostedZonesByNameCommand({ DNSName: name, MaxItems: 100 }),
    );
    const named = HostedZones.filter((zone) => zone.Name === name && zone.Config?.PrivateZone === true);
    const found: string[] = [];
    for (const { Id = "" } of named) {
      const { VPCs = [] } = await route53.send(new GetHostedZoneCommand({ Id }));
      if (VPCs.some(({ VPCId }) => VPCId === vpc)) found.push(Id.replace("/hostedzone/", ""));
    }
    return found;
  }),
  aws_route53_zone_association: joined(":", ["zone_id", "vpc_id"], async (known, { region, route53 }) => {
    const { HostedZoneSummaries = [] } = await route53.send(
      new ListHostedZonesByVPCCommand({
        VPCId: known["vpc_id"],
        VPCRegion: region as VPCRegion,
        MaxItems: 100,
      }),
    );
    return HostedZoneSummaries.some(({ HostedZoneId }) => HostedZoneId === known["zone_id"]);
  }),

  aws_s3_bucket: joined("", ["bucket"], async ({ bucket: Bucket }, { s3 }) =>
    isThere(s3.send(new HeadBucketCommand({ Bucket }))),
  ),
  aws_s3_bucket_lifecycle_configuration: { again: OVERWRITES },
  aws_s3_bucket_ownership_controls: { again: OVERWRITES },
  aws_s3_bucket_policy: { again: OVERWRITES },
  aws_s3_bucket_public_access_block: { again: OVERWRITES },
  aws_s3_bucket_server_side_encryption_configuration: { again: OVERWRITES },
  aws_s3_bucket_versioning: { again: OVERWRITES },

  aws_sagemaker_domain: searched(
    ["domain_name"],
    async ({ domain_name: name }, { sagemaker }) => {
      const { Domains = [] } = await sagemaker.send(new ListDomainsCommand({ MaxResults: 100 }));
      return Domains.filter(({ DomainName, Status }) => DomainName === name && Status !== "Deleting").flatMap(
        ({ DomainId }) => DomainId ?? [],
      );
    },
    // Terraform's own: what becomes of the home directories when it deletes the domain.
    { unread: ["retention_policy"] },
  ),
  aws_sagemaker_user_profile: searched(["domain_id", "user_profile_name"], async (known, account) => {
    const { domain_id: DomainId = "", user_profile_name: UserProfileName = "" } = known;
    const found = account.sagemaker.send(new DescribeUserProfileCommand({ DomainId, UserProfileName }));
    const place = `arn:aws:sagemaker:${account.region}:${account.id}`;
    return (await isThere(found)) ? [`${place}:user-profile/${DomainId}/${UserProfileName}`] : [];
  }),
  aws_sns_topic: { again: "the create call returns the topic that is there" },
  terraform_data: { again: "it is in the state alone" },
};

async function isShared(
  associationType: "PRINCIPAL" | "RESOURCE",
  share: string | undefined,
  entity: string | undefined,
  ram: Account["ram"],
): Promise<boolean> {
  const { resourceShareAssociations = [] } = await ram.send(
    new GetResourceShareAssociationsCommand({ associationType, resourceShareArns: [share ?? ""] }),
  );
  return resourceShareAssociations.some(
    ({ associatedEntity, status }) => associatedEntity === entity && !GONE.has(status ?? ""),
  );
}

function vpcOf(block: unknown): string | undefined {
  const [first] = Array.isArray(block) ? (block as readonly Readonly<Record<string, unknown>>[]) : [];
  const id = text(first?.["vpc_id"]);
  return id === "" ? undefined : id;
}

/** A key gets its description and its tags by the call that makes it; its alias may be missing. */
async function keysWith(
  { description }: Readonly<Record<string, string>>,
  { kms }: Account,
  planned: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { Keys = [] } of paginateListKeys({ client: kms }, {}))
    for (const { KeyId = "" } of Keys) {
      const { KeyMetadata: key } = await kms.send(new DescribeKeyCommand({ KeyId }));
      if (key?.Description !== description || key?.KeyState === "PendingDeletion") continue;
      const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId }));
      const has = new Map(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
      if (Object.entries(tagsOf(planned)).every(([name, value]) => has.get(name) === value))
        found.push(KeyId);
    }
  return found;
}
