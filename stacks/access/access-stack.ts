import type { Construct } from "constructs";

import type { Config } from "@studio-access/config";
import { AccountStack, SHARED_SERVICES } from "../constructs/account-stack";
import { EncryptionKey } from "../constructs/encryption-key";
import { PrivateVpc } from "../constructs/private-vpc";
import { publish } from "../constructs/published-outputs";
import type { HubOutputs } from "../networking/outputs";
import { AccessNetwork, accessNames } from "./access-network";
import { Alarms } from "./alarms";
import { ApiDomain } from "./api-domain";
import { AuthorizerFunction } from "./authorizer-function";
import { DirectoryTables } from "./directory-tables";
import { EndpointZone } from "./endpoint-zone";
import { IdentityProvider } from "./identity-provider";
import type { AccessOutputs } from "./outputs";
import { PortalFunction } from "./portal-function";
import { PresignFunction } from "./presign-function";
import { PrivateApi } from "./private-api";
import { EXECUTION_LOGS } from "./api-stage";

export interface AccessStackProps {
  readonly config: Config;
  readonly hub: HubOutputs;
}

/**
 * The entry point, in the shared-services account: private API, its functions, the directory, the stand-in for sign-in.
 */
export class AccessStack extends AccountStack {
  readonly outputs: AccessOutputs;

  constructor(scope: Construct, id: string, { config, hub }: AccessStackProps) {
    super(scope, id, { config, account: config.sharedServices, alias: SHARED_SERVICES });
    const { names, accountId } = this.account;

    const { arn: keyArn } = new EncryptionKey(this, "DataKey", {
      ...this.account,
      name: names.of("access"),
      description: "Studio Access: directory tables, functions and their logs",
      logGroupPrefixes: [`/${names.prefix}/`, EXECUTION_LOGS],
      statements: [
        {
          Sid: "AlarmsToTopic",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
      ],
    });
    const context = { ...this.account, keyArn };
    const cidrBlock = config.network.accessCidr;
    const resolvableNames = accessNames(config);
    const vpc = new PrivateVpc(this, "Network", { ...context, name: "access", cidrBlock, resolvableNames });
    const tables = new DirectoryTables(this, "Directory", context);
    const network = new AccessNetwork(this, "HubConnection", { ...context, hub, vpc, tables });

    const api = new PrivateApi(this, "Api", { ...context, endpointId: hub.executeApiEndpoint.id });
    const way = { hubVpcId: hub.vpcId, endpoint: hub.executeApiEndpoint };
    const domain =
      config.access?.domain === undefined
        ? undefined
        : new ApiDomain(this, "Domain", { ...context, ...way, domain: config.access.domain });
    const { address } = domain ?? api;
    const identity = new IdentityProvider(this, "Identity", { ...context, address });
    const { tokens } = identity;
    const authorizer = new AuthorizerFunction(this, "AuthorizerFunction", { ...context, tokens });
    const { function: presign } = new PresignFunction(this, "PresignFunction", {
      ...context,
      vpc,
      tables,
      dynamodbPrefixListId: network.dynamodbPrefixListId,
    });
    const portal =
      config.access?.portal === undefined
        ? undefined
        : new PortalFunction(this, "PortalFunction", { ...context, portal: config.access.portal, identity });
    const stage = api.serve({ authorizer, presign, portal });
    const zone = new EndpointZone(this, "ApiZone", {
      ...context,
      ...way,
      name: api.host,
      comment: "Studio Access: the private API",
    });
    domain?.leadTo(api.restApiId, stage.name);
    const alarms = new Alarms(this, "Alarms", { ...context, apiName: api.name, authorizer, presign });

    this.outputs = {
      usersTableName: tables.users.name,
      lobsTableName: tables.lobs.name,
      groupsTableName: tables.groups?.name,
      apiZoneId: zone.zoneId,
      domainZoneId: domain?.zoneId,
      userPoolId: identity.userPool?.id,
    };
    publish(this, {
      api_url: [stage.invokeUrl, "URL of the private API; add /{user_id}."],
      api_id: [api.restApiId, "Id of the REST API."],
      api_zone_id: [zone.zoneId, "Private hosted zone of the API's name."],
      access_vpc_id: [vpc.id, "Id of the access VPC."],
      presign_role_arn: [names.roleArn(accountId, "presign"), "ARN of the presign function's role."],
      users_table_name: [tables.users.name, "Name of the users table."],
      lobs_table_name: [tables.lobs.name, "Name of the LOBs table."],
      ...(tables.groups === undefined
        ? {}
        : { groups_table_name: [tables.groups.name, "Name of the groups table."] }),
      ...(portal === undefined ? {} : { portal_url: [address, "The page at which people sign in."] }),
      alarm_topic_arn: [alarms.topicArn, "SNS topic of the alarms; subscribe to it."],
      ...(identity.userPool === undefined
        ? {}
        : {
            user_pool_id: [identity.userPool.id, "Id of the stand-in user pool."],
            user_pool_client_id: [identity.userPool.clientId, "Id of the stand-in's app client."],
          }),
    });
  }
}
