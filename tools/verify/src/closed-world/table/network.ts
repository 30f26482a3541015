import { prefixLength, split, subnetPlan } from "@studio-access/config";

import { text } from "../../model/attributes";
import { everyNetwork } from "../counts";
import {
  byAddress,
  byKind,
  either,
  inStack,
  OneOf,
  own,
  repeated,
  valueOf,
  type AttributeContext,
  type Count,
  type Expectation,
  type TypeRules,
} from "../rules";

/** Each network has a private tier and one more, each with a subnet per availability zone. */
const TIERS = 2;
const perZone: Count = ({ config }) => TIERS * config.availabilityZoneIds.length;
/** A subnet's address names its zone. */
const zone: Expectation = ({ config, resource }) =>
  config.availabilityZoneIds.find((id) => resource.address.includes(`-${id}_`));

/** The config's plan of a network's addresses, by tier and zone. */
function subnetCidr(context: AttributeContext): string | undefined {
  const { config, kind, resource } = context;
  const vpc = valueOf(NETWORK_CIDR, context);
  if (typeof vpc !== "string" || vpc === "") return undefined;
  const zoneIndex = config.availabilityZoneIds.findIndex((id) => resource.address.includes(`-${id}_`));
  const isPrivate = resource.address.includes("Subnet-private");
  if (kind === "on-premise") return split(vpc, prefixLength(vpc) + 2)[zoneIndex + (isPrivate ? 0 : 2)];
  const { private: apps, attachment } = subnetPlan(vpc);
  return (isPrivate ? apps : attachment)[zoneIndex];
}

const hubCidr: Expectation = ({ config }) => config.network.hubCidr;

/** The range of each network. */
const NETWORK_CIDR = byKind({
  networking: hubCidr,
  access: ({ config }) => config.network.accessCidr,
  lob: ({ lob }) => lob?.cidr ?? "",
  "on-premise": ({ config }) => config.onPremise?.cidr ?? "",
});

export const NETWORK = {
  aws_vpc: {
    count: everyNetwork(1),
    fixed: {
      cidr_block: NETWORK_CIDR,
      // No subnet is left to it: each is associated with a table of its own.
      main_route_table_id: ({ resource }) => text(resource, "default_route_table_id"),
      enable_dns_support: true,
      enable_dns_hostnames: true,
      instance_tenancy: "default",
      // What EC2 calls its own set of options; moto gives it no other name.
      dhcp_options_id: ({ resource }) => {
        const id = resource.values["dhcp_options_id"];
        return typeof id === "string" && /^dopt-[0-9a-f]+$/.test(id) ? id : "default";
      },
    },
    free: { assigned: "default_network_acl_id default_route_table_id default_security_group_id" },
  },
  aws_default_security_group: {
    count: everyNetwork(1),
    fixed: { vpc_id: own("aws_vpc"), name: "default" },
  },
  aws_subnet: {
    count: everyNetwork(perZone),
    fixed: {
      vpc_id: own("aws_vpc"),
      cidr_block: subnetCidr,
      availability_zone_id: zone,
      private_dns_hostname_type_on_launch: "ip-name",
    },
    free: { "the same as its id": "availability_zone" },
  },
  aws_route_table: {
    count: everyNetwork(TIERS),
    fixed: {
      vpc_id: own("aws_vpc"),
      // After a refresh the routes that are resources of their own stand here too.
      "route.cidr_block": repeated(
        ({ valuesOf, stack, config }) =>
          new OneOf([...valuesOf(stack, "aws_route", "destination_cidr_block"), config.onPremise?.cidr]),
      ),
      "route.transit_gateway_id": repeated(inStack("networking", "aws_ec2_transit_gateway")),
      "route.vpc_peering_connection_id": repeated(
        byKind({
          networking: inStack("on-premise", "aws_vpc_peering_connection"),
          "on-premise": own("aws_vpc_peering_connection"),
        }),
      ),
      "route.gateway_id": repeated(own("aws_internet_gateway")),
      "route.nat_gateway_id": repeated(own("aws_nat_gateway")),
    },
  },
  aws_route_table_association: {
    count: everyNetwork(perZone),
    fixed: {
      subnet_id: byAddress({
        private: own("aws_subnet", "id", "private"),
        "": either(own("aws_subnet", "id", "public"), own("aws_subnet", "id", "attachment")),
      }),
      route_table_id: byAddress({
        private: own("aws_route_table", "id", "private"),
        "": either(own("aws_route_table", "id", "public"), own("aws_route_table", "id", "attachment")),
      }),
    },
  },
  aws_route: {
    count: {
      networking: ({ config }) =>
        1 +
        config.network.lobSupernets.length +
        config.network.corporateCidrs.filter((cidr) => cidr !== config.onPremise?.cidr).length,
      access: 1,
      lob: 1,
      "on-premise": 5,
    },
    fixed: {
      state: "active",
      origin: "CreateRoute",
      destination_cidr_block: byKind({
        networking: ({ config: { network } }) =>
          new OneOf([network.accessCidr, ...network.lobSupernets, ...network.corporateCidrs]),
        access: hubCidr,
        lob: hubCidr,
        "on-premise": ({ config, resource: { address } }) => {
          if (address.includes("Internet")) return "0.0.0.0/0";
          return address.includes("HubToOnPremise") ? config.onPremise?.cidr : config.network.hubCidr;
        },
      }),
      transit_gateway_id: byKind({
        networking: own("aws_ec2_transit_gateway"),
        access: inStack("networking", "aws_ec2_transit_gateway"),
        lob: inStack("networking", "aws_ec2_transit_gateway"),
      }),
      vpc_peering_connection_id: byAddress({
        PrivateToHub: own("aws_vpc_peering_connection"),
        PublicToHub: own("aws_vpc_peering_connection"),
        HubToOnPremise: own("aws_vpc_peering_connection"),
      }),
      gateway_id: byAddress({ PublicToInternet: own("aws_internet_gateway") }),
      nat_gateway_id: byAddress({ PrivateToInternet: own("aws_nat_gateway") }),
      route_table_id: byAddress({
        HubToOnPremise: inStack("networking", "aws_route_table", "id", "private"),
        Public: own("aws_route_table", "id", "public"),
        "": own("aws_route_table", "id", "private"),
      }),
    },
    free: { assigned: "instance_owner_id" },
  },
  aws_internet_gateway: { count: { "on-premise": 1 }, fixed: { vpc_id: own("aws_vpc") } },
  aws_eip: {
    count: { "on-premise": 1 },
    fixed: { domain: "vpc", vpc: true },
    free: {
      assigned:
        "allocation_id association_id network_interface private_dns private_ip ptr_record public_dns public_ip public_ipv4_pool network_border_group",
    },
  },
  aws_nat_gateway: {
    count: { "on-premise": 1 },
    fixed: {
      connectivity_type: "public",
      subnet_id: own("aws_subnet", "id", "public"),
      allocation_id: own("aws_eip", "allocation_id"),
    },
    free: { assigned: "association_id network_interface_id private_ip public_ip" },
  },
  aws_vpc_peering_connection: {
    count: { "on-premise": 1 },
    fixed: {
      accept_status: "active",
      auto_accept: true,
      vpc_id: own("aws_vpc"),
      peer_vpc_id: inStack("networking", "aws_vpc"),
      peer_owner_id: ({ config }) => config.sharedServices.id,
      peer_region: ({ config }) => config.region,
      "accepter.allow_remote_vpc_dns_resolution": false,
    },
  },
  aws_flow_log: {
    count: everyNetwork(1),
    fixed: {
      vpc_id: own("aws_vpc"),
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: own("aws_cloudwatch_log_group", "arn", "FlowLogs"),
      iam_role_arn: own("aws_iam_role", "arn", "FlowLogs"),
    },
    free: {
      "what a line of the log holds": "log_format",
      "the same as its destination": "log_group_name",
      "how often a line is written": "max_aggregation_interval",
    },
  },
} as const satisfies Record<string, TypeRules>;
