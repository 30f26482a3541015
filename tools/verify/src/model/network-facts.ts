import type { NetworkFacts, RouteFact, RouteTableFact, SubnetFact, VpcFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { blocks, byText, flag, ofType, text } from "./attributes";
import { readDnsFirewalls } from "./dns-firewall-facts";
import { readEndpoints, readPrefixLists } from "./endpoint-facts";
import { readSecurityGroups } from "./group-facts";
import { readAttachments, readPeerings, readTransitRouteTables } from "./transit-facts";
import { readResolverRules, readResolvers, readZones } from "./zone-facts";

/** The network of all accounts, as Terraform's state describes it. */
export function readNetworkFacts(resources: readonly ResourceInstance[], region: string): NetworkFacts {
  return {
    region,
    vpcs: readVpcs(resources),
    subnets: readSubnets(resources),
    routeTables: readRouteTables(resources),
    securityGroups: readSecurityGroups(resources),
    endpoints: readEndpoints(resources),
    prefixLists: readPrefixLists(resources),
    peerings: readPeerings(resources),
    attachments: readAttachments(resources),
    transitRouteTables: readTransitRouteTables(resources),
    zones: readZones(resources),
    resolvers: readResolvers(resources),
    resolverRules: readResolverRules(resources),
    dnsFirewalls: readDnsFirewalls(resources),
  };
}

function readVpcs(resources: readonly ResourceInstance[]): readonly VpcFact[] {
  const extras = byText(resources, "aws_vpc_ipv4_cidr_block_association", "vpc_id");
  return ofType(resources, "aws_vpc").map((vpc) => ({
    account: text(vpc, "owner_id"),
    vpcId: text(vpc, "id"),
    cidrs: [text(vpc, "cidr_block"), ...extras(text(vpc, "id")).map((extra) => text(extra, "cidr_block"))],
    stack: vpc.stack,
    dnsSupport: vpc.values["enable_dns_support"] !== false,
    dnsHostnames: vpc.values["enable_dns_hostnames"] !== false,
  }));
}

function readSubnets(resources: readonly ResourceInstance[]): readonly SubnetFact[] {
  return ofType(resources, "aws_subnet").map((subnet) => {
    const zone = text(subnet, "availability_zone_id");
    return {
      subnetId: text(subnet, "id"),
      vpcId: text(subnet, "vpc_id"),
      cidr: text(subnet, "cidr_block"),
      ...(zone !== "" && { zone }),
    };
  });
}

function readRouteTables(resources: readonly ResourceInstance[]): readonly RouteTableFact[] {
  const cidrs = new Map(readVpcs(resources).map(({ vpcId, cidrs }) => [vpcId, cidrs]));
  const associations = byText(resources, "aws_route_table_association", "route_table_id");
  const routes = byText(resources, "aws_route", "route_table_id");
  const local = (vpcId: string): RouteFact[] =>
    (cidrs.get(vpcId) ?? []).map((destination) => ({ destination, target: "local", blackhole: false }));
  const own = ofType(resources, "aws_route_table").map((table) => {
    const id = text(table, "id");
    const ofTable = routes(id);
    return {
      routeTableId: id,
      vpcId: text(table, "vpc_id"),
      main: false,
      subnetIds: associations(id).map((association) => text(association, "subnet_id")),
      routes: [...local(text(table, "vpc_id")), ...ofTable.map(routeFact), ...inlineRoutes(table, ofTable)],
    };
  });
  // Terraform does not manage the VPCs' main route tables. AWS makes them with local routes only.
  const main = ofType(resources, "aws_vpc").map((vpc) => ({
    routeTableId: text(vpc, "main_route_table_id"),
    vpcId: text(vpc, "id"),
    main: true,
    subnetIds: [],
    routes: local(text(vpc, "id")),
  }));
  return [...own, ...main];
}

/** After a refresh, a route table lists all its routes, also those that are resources of their own: each counts once. */
function inlineRoutes(table: ResourceInstance, separate: readonly ResourceInstance[]): readonly RouteFact[] {
  const known = new Set(separate.map((route) => routeFact(route).destination));
  return blocks(table, "route")
    .map((route) => ({
      ...routeFact(route),
      destination: firstOf(route, "cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"),
    }))
    .filter(({ destination }) => destination !== "" && !known.has(destination));
}

const TARGETS = [
  "transit_gateway_id",
  "vpc_peering_connection_id",
  "nat_gateway_id",
  "gateway_id",
  "vpc_endpoint_id",
  "network_interface_id",
  "egress_only_gateway_id",
  "local_gateway_id",
  "carrier_gateway_id",
  "core_network_arn",
];

function routeFact(route: Pick<ResourceInstance, "values">): RouteFact {
  const target = firstOf(route, ...TARGETS);
  const destination = firstOf(
    route,
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
  );
  return { destination, target, blackhole: text(route, "state") === "blackhole" || flag(route, "blackhole") };
}

/** The first of these attributes that has a value. */
function firstOf(route: Pick<ResourceInstance, "values">, ...names: readonly string[]): string {
  return names.map((name) => text(route, name)).find((value) => value !== "") ?? "";
}
