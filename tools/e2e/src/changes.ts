import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import {
  CreateRouteCommand,
  DeleteRouteCommand,
  DisableTransitGatewayRouteTablePropagationCommand,
  EC2Client,
  EnableTransitGatewayRouteTablePropagationCommand,
  ModifySecurityGroupRulesCommand,
  ModifyVpcEndpointCommand,
} from "@aws-sdk/client-ec2";
import { IAMClient, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  ChangeResourceRecordSetsCommand,
  Route53Client,
  type ResourceRecordSet,
} from "@aws-sdk/client-route-53";

import type { ClientSettings } from "./aws";

/** Undoes a change. */
export type PutBack = () => Promise<void>;

/** Attributes of a resource in Terraform's state. */
export type Values = Readonly<Record<string, unknown>>;

export async function stopPropagation(account: ClientSettings, propagation: Values): Promise<PutBack> {
  const client = new EC2Client(account);
  const input = {
    TransitGatewayRouteTableId: String(propagation["transit_gateway_route_table_id"]),
    TransitGatewayAttachmentId: String(propagation["transit_gateway_attachment_id"]),
  };
  await client.send(new DisableTransitGatewayRouteTablePropagationCommand(input));
  return async () => {
    await client.send(new EnableTransitGatewayRouteTablePropagationCommand(input));
  };
}

export async function deleteRoute(account: ClientSettings, route: Values): Promise<PutBack> {
  const client = new EC2Client(account);
  const input = {
    RouteTableId: String(route["route_table_id"]),
    DestinationCidrBlock: String(route["destination_cidr_block"]),
  };
  const target = (name: string): string | undefined => {
    const id = route[name];
    return typeof id === "string" && id !== "" ? id : undefined;
  };
  await client.send(new DeleteRouteCommand(input));
  return async () => {
    await client.send(
      new CreateRouteCommand({
        ...input,
        TransitGatewayId: target("transit_gateway_id"),
        VpcPeeringConnectionId: target("vpc_peering_connection_id"),
      }),
    );
  };
}

/** Changes a rule so that it admits an address range that nobody uses. */
export async function misdirectRule(account: ClientSettings, rule: Values): Promise<PutBack> {
  const client = new EC2Client(account);
  const admit = async (cidr: string): Promise<void> => {
    await client.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: String(rule["security_group_id"]),
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: String(rule["security_group_rule_id"]),
            SecurityGroupRule: {
              IpProtocol: String(rule["ip_protocol"]),
              FromPort: Number(rule["from_port"]),
              ToPort: Number(rule["to_port"]),
              CidrIpv4: cidr,
            },
          },
        ],
      }),
    );
  };
  await admit("198.51.100.0/24");
  return () => admit(String(rule["cidr_ipv4"]));
}

export async function rewriteTrust(
  account: ClientSettings,
  role: Values,
  rewrite: (json: string) => string,
): Promise<PutBack> {
  const client = new IAMClient(account);
  const [RoleName, before] = [String(role["name"]), String(role["assume_role_policy"])];
  const put = async (PolicyDocument: string): Promise<void> => {
    await client.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  };
  await put(changed(before, rewrite));
  return () => put(before);
}

export async function rewriteRolePolicy(
  account: ClientSettings,
  policy: Values,
  rewrite: (json: string) => string,
): Promise<PutBack> {
  const client = new IAMClient(account);
  const before = String(policy["policy"]);
  const [RoleName, PolicyName] = [String(policy["role"]), String(policy["name"])];
  const put = async (PolicyDocument: string): Promise<void> => {
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  };
  await put(changed(before, rewrite));
  return () => put(before);
}

/** Refuses a rewrite that leaves the policy unchanged, since the test would then prove nothing. */
function changed(before: string, rewrite: (json: string) => string): string {
  const after = rewrite(before);
  if (after === before) throw new Error(`the policy is not as this change expects it: ${before}`);
  return after;
}

export async function denyAtEndpoint(account: ClientSettings, endpoint: Values): Promise<PutBack> {
  const client = new EC2Client(account);
  const put = async (PolicyDocument: string): Promise<void> => {
    await client.send(
      new ModifyVpcEndpointCommand({ VpcEndpointId: String(endpoint["id"]), PolicyDocument }),
    );
  };
  const Statement = [{ Sid: "Mistake", Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }];
  await put(JSON.stringify({ Version: "2012-10-17", Statement }));
  return () => put(String(endpoint["policy"]));
}

export async function deleteRow(account: ClientSettings, row: Values): Promise<PutBack> {
  const client = new DynamoDBClient(account);
  const TableName = String(row["table_name"]);
  const Item = JSON.parse(String(row["item"])) as Record<string, AttributeValue>;
  await client.send(new DeleteItemCommand({ TableName, Key: { PK: Item["PK"] ?? { S: "" } } }));
  return async () => {
    await client.send(new PutItemCommand({ TableName, Item }));
  };
}

/** Makes a zone's name resolve to another endpoint. */
export async function pointElsewhere(
  account: ClientSettings,
  record: Values,
  other: Values,
): Promise<PutBack> {
  const client = new Route53Client(account);
  const upsert = async (target: Values): Promise<void> => {
    const [alias] = target["alias"] as readonly { readonly name: string; readonly zone_id: string }[];
    const ResourceRecordSet: ResourceRecordSet = {
      Name: String(record["fqdn"]),
      Type: "A",
      AliasTarget: {
        DNSName: alias?.name ?? "",
        HostedZoneId: alias?.zone_id ?? "",
        EvaluateTargetHealth: false,
      },
    };
    await client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: String(record["zone_id"]),
        ChangeBatch: { Changes: [{ Action: "UPSERT", ResourceRecordSet }] },
      }),
    );
  };
  await upsert(other);
  return () => upsert(record);
}
