import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeKeyPairsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcPeeringConnectionsCommand,
  DescribeVpcsCommand,
  GetTransitGatewayRouteTableAssociationsCommand,
  GetTransitGatewayRouteTablePropagationsCommand,
  type Filter,
  type FlowLog,
  type SecurityGroupRule,
  type Tag,
} from "@aws-sdk/client-ec2";

import { joined, searched, tagsOf, text, type ImportRow, type Planned } from "./import-row";

/** EC2 shows what is deleted for up to an hour. */
const GONE = new Set(["deleted", "deleting", "failed", "rejected", "expired", "terminated", "shutting-down"]);

const GATEWAY_ROUTING = ["transit_gateway_route_table_id", "transit_gateway_attachment_id"] as const;

/** EC2's own resources. Its create calls set the tags in the same call, so that what exists has them. */
export const EC2_ROWS: Readonly<Record<string, ImportRow>> = {
  aws_vpc: searched(["cidr_block"], async ({ cidr_block: cidr = "" }, { ec2 }, planned) => {
    const { Vpcs = [] } = await ec2.send(
      new DescribeVpcsCommand({ Filters: [...tagged(planned), filter("cidr", cidr)] }),
    );
    return ids(Vpcs.map(({ VpcId }) => VpcId));
  }),
  // Two subnets of a VPC never share addresses.
  aws_subnet: searched(
    ["vpc_id", "cidr_block"],
    async ({ vpc_id: vpc = "", cidr_block: cidr = "" }, { ec2 }) => {
      const { Subnets = [] } = await ec2.send(
        new DescribeSubnetsCommand({ Filters: [filter("vpc-id", vpc), filter("cidr-block", cidr)] }),
      );
      return ids(Subnets.map(({ SubnetId }) => SubnetId));
    },
  ),
  aws_route_table: searched(["vpc_id"], async ({ vpc_id: vpc = "" }, { ec2 }, planned) => {
    const { RouteTables = [] } = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [...tagged(planned), filter("vpc-id", vpc)] }),
    );
    return ids(RouteTables.map(({ RouteTableId }) => RouteTableId));
  }),
  aws_route_table_association: joined("/", ["subnet_id", "route_table_id"], async (known, { ec2 }) => {
    const { RouteTables = [] } = await ec2.send(
      new DescribeRouteTablesCommand({
        Filters: [filter("association.subnet-id", known["subnet_id"] ?? "")],
      }),
    );
    return RouteTables.some(({ RouteTableId }) => RouteTableId === known["route_table_id"]);
  }),
  aws_route: searched(["route_table_id"], async ({ route_table_id: table = "" }, { ec2 }, planned) => {
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [table] }));
    const destination =
      text(planned["destination_cidr_block"]) ||
      text(planned["destination_ipv6_cidr_block"]) ||
      text(planned["destination_prefix_list_id"]);
    const routes = RouteTables.flatMap(({ Routes = [] }) => Routes);
    const exists = routes.some(
      ({ DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId }) =>
        [DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId].includes(destination),
    );
    return exists ? [`${table}_${destination}`] : [];
  }),
  // Names are unique within a VPC.
  aws_security_group: searched(["vpc_id"], async ({ vpc_id: vpc = "" }, { ec2 }, planned) => {
    const name = text(planned["name"]);
    // Terraform makes up the name of a group that has a prefix for one.
    const which = name === "" ? tagged(planned) : [filter("group-name", name)];
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [filter("vpc-id", vpc), ...which] }),
    );
    return ids(SecurityGroups.map(({ GroupId }) => GroupId));
  }),
  aws_default_security_group: { again: "every VPC has one; Terraform adopts it and empties it" },
  aws_vpc_security_group_ingress_rule: ruleRow(false),
  aws_vpc_security_group_egress_rule: ruleRow(true),
  aws_vpc_endpoint: searched(["vpc_id", "service_name"], async (known, { ec2 }, planned) => {
    const { vpc_id: vpc = "", service_name: service = "" } = known;
    const { VpcEndpoints = [] } = await ec2.send(
      new DescribeVpcEndpointsCommand({
        Filters: [...tagged(planned), filter("vpc-id", vpc), filter("service-name", service)],
      }),
    );
    return ids(VpcEndpoints.filter(isLasting).map(({ VpcEndpointId }) => VpcEndpointId));
  }),
  aws_internet_gateway: searched([], async (_, { ec2 }, planned) => {
    const { InternetGateways = [] } = await ec2.send(
      new DescribeInternetGatewaysCommand({ Filters: tagged(planned) }),
    );
    return ids(InternetGateways.map(({ InternetGatewayId }) => InternetGatewayId));
  }),
  aws_nat_gateway: searched(["subnet_id"], async ({ subnet_id: subnet = "" }, { ec2 }, planned) => {
    const { NatGateways = [] } = await ec2.send(
      new DescribeNatGatewaysCommand({ Filter: [...tagged(planned), filter("subnet-id", subnet)] }),
    );
    return ids(NatGateways.filter(isLasting).map(({ NatGatewayId }) => NatGatewayId));
  }),
  aws_eip: searched([], async (_, { ec2 }, planned) => {
    const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ Filters: tagged(planned) }));
    return ids(Addresses.map(({ AllocationId }) => AllocationId));
  }),
  aws_key_pair: joined("", ["key_name"], async ({ key_name: name }, { ec2 }) => {
    const { KeyPairs = [] } = await ec2.send(new DescribeKeyPairsCommand({}));
    return KeyPairs.some(({ KeyName }) => KeyName === name);
  }),
  aws_instance: searched(["subnet_id"], async ({ subnet_id: subnet = "" }, { ec2 }, planned) => {
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [...tagged(planned), filter("subnet-id", subnet)] }),
    );
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    return ids(
      instances.filter(({ State }) => !GONE.has(State?.Name ?? "")).map(({ InstanceId }) => InstanceId),
    );
  }),
  aws_vpc_peering_connection: searched(["vpc_id", "peer_vpc_id"], async (known, { ec2 }) => {
    const { VpcPeeringConnections = [] } = await ec2.send(
      new DescribeVpcPeeringConnectionsCommand({
        Filters: [
          filter("requester-vpc-info.vpc-id", known["vpc_id"] ?? ""),
          filter("accepter-vpc-info.vpc-id", known["peer_vpc_id"] ?? ""),
        ],
      }),
    );
    return ids(
      VpcPeeringConnections.filter(({ Status }) => !GONE.has(Status?.Code ?? "")).map(
        ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId,
      ),
    );
  }),
  aws_flow_log: searched(["vpc_id", "log_destination"], async (known, { ec2 }) => {
    const { FlowLogs = [] } = await ec2.send(
      new DescribeFlowLogsCommand({ Filter: [filter("resource-id", known["vpc_id"] ?? "")] }),
    );
    const withoutEnd = (arn: string): string => arn.replace(/:\*$/, "");
    const destination = withoutEnd(known["log_destination"] ?? "");
    const isPlanned = ({ LogDestination = "", LogGroupName = "" }: FlowLog): boolean =>
      withoutEnd(LogDestination) === destination || destination.endsWith(`:log-group:${LogGroupName}`);
    return ids(FlowLogs.filter(isPlanned).map(({ FlowLogId }) => FlowLogId));
  }),
  aws_ec2_transit_gateway: searched([], async (_, { ec2 }, planned) => {
    const { TransitGateways = [] } = await ec2.send(
      new DescribeTransitGatewaysCommand({ Filters: tagged(planned) }),
    );
    return ids(
      TransitGateways.filter(isLasting)
        .filter(isTagged(planned))
        .map(({ TransitGatewayId }) => TransitGatewayId),
    );
  }),
  aws_ec2_transit_gateway_route_table: searched(["transit_gateway_id"], async (known, { ec2 }, planned) => {
    const { TransitGatewayRouteTables = [] } = await ec2.send(
      new DescribeTransitGatewayRouteTablesCommand({
        Filters: [...tagged(planned), filter("transit-gateway-id", known["transit_gateway_id"] ?? "")],
      }),
    );
    return ids(
      TransitGatewayRouteTables.filter(isLasting)
        .filter(isTagged(planned))
        .map(({ TransitGatewayRouteTableId }) => TransitGatewayRouteTableId),
    );
  }),
  aws_ec2_transit_gateway_vpc_attachment: searched(
    ["transit_gateway_id", "vpc_id"],
    async (known, { ec2 }) => {
      const { TransitGatewayVpcAttachments = [] } = await ec2.send(
        new DescribeTransitGatewayVpcAttachmentsCommand({
          Filters: [
            filter("transit-gateway-id", known["transit_gateway_id"] ?? ""),
            filter("vpc-id", known["vpc_id"] ?? ""),
          ],
        }),
      );
      return ids(
        TransitGatewayVpcAttachments.filter(isLasting).map(
          ({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId,
        ),
      );
    },
  ),
  // Only one that is accepted: Terraform would import one that waits as well, and never accept it.
  aws_ec2_transit_gateway_vpc_attachment_accepter: searched(
    ["transit_gateway_attachment_id"],
    async ({ transit_gateway_attachment_id: id = "" }, { ec2 }) => {
      const { TransitGatewayVpcAttachments = [] } = await ec2.send(
        new DescribeTransitGatewayVpcAttachmentsCommand({ TransitGatewayAttachmentIds: [id] }),
      );
      return TransitGatewayVpcAttachments.some(({ State }) => State === "available") ? [id] : [];
    },
  ),
  aws_ec2_transit_gateway_route_table_association: joined("_", GATEWAY_ROUTING, async (known, { ec2 }) => {
    const [TransitGatewayRouteTableId, attachment] = GATEWAY_ROUTING.map((name) => known[name]);
    const { Associations = [] } = await ec2.send(
      new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId }),
    );
    return Associations.some(
      ({ TransitGatewayAttachmentId: id, State }) =>
        id === attachment && (State === "associated" || State === "associating"),
    );
  }),
  aws_ec2_transit_gateway_route_table_propagation: joined("_", GATEWAY_ROUTING, async (known, { ec2 }) => {
    const [TransitGatewayRouteTableId, attachment] = GATEWAY_ROUTING.map((name) => known[name]);
    const { TransitGatewayRouteTablePropagations = [] } = await ec2.send(
      new GetTransitGatewayRouteTablePropagationsCommand({ TransitGatewayRouteTableId }),
    );
    return TransitGatewayRouteTablePropagations.some(
      ({ TransitGatewayAttachmentId: id, State }) =>
        id === attachment && (State === "enabled" || State === "enabling"),
    );
  }),
};

function ruleRow(isEgress: boolean): ImportRow {
  return searched(["security_group_id", "ip_protocol"], async (known, { ec2 }, planned) => {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [filter("group-id", known["security_group_id"] ?? "")],
      }),
    );
    const peer = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]
      .map((attribute) => text(planned[attribute]))
      .find((value) => value !== "");
    const isPlanned = (rule: SecurityGroupRule): boolean =>
      rule.IsEgress === isEgress &&
      rule.IpProtocol === known["ip_protocol"] &&
      (rule.IpProtocol === "-1" ||
        (rule.FromPort === planned["from_port"] && rule.ToPort === planned["to_port"])) &&
      (peer === undefined
        ? // A data source that the state does not have yet names the prefix list.
          "prefix_list_id" in planned && rule.PrefixListId !== undefined
        : [rule.CidrIpv4, rule.CidrIpv6, rule.PrefixListId, rule.ReferencedGroupInfo?.GroupId].includes(
            peer,
          ));
    return ids(SecurityGroupRules.filter(isPlanned).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId));
  });
}

function tagged(planned: Planned): Filter[] {
  return Object.entries(tagsOf(planned)).map(([key, value]) => filter(`tag:${key}`, value));
}

/** Whether it has the planned tags: the local AWS does not filter every type by tags. */
function isTagged(planned: Planned): (found: { readonly Tags?: readonly Tag[] | undefined }) => boolean {
  const wanted = Object.entries(tagsOf(planned));
  return ({ Tags = [] }) =>
    wanted.every(([key, value]) => Tags.some((tag) => tag.Key === key && tag.Value === value));
}

function filter(Name: string, value: string): Filter {
  return { Name, Values: [value] };
}

function isLasting({ State }: { readonly State?: string | undefined }): boolean {
  return !GONE.has(State?.toLowerCase() ?? "");
}

function ids(found: readonly (string | undefined)[]): readonly string[] {
  return found.filter((id) => id !== undefined);
}
