import { plus, profile } from "../counts";
import {
  allOwn,
  byAddress,
  byKind,
  inStack,
  named,
  OneOf,
  own,
  repeated,
  type Expectation,
  type TypeRules,
} from "../rules";

/** RAM's own permission for each type that is shared: who receives a profile may see it and associate it, and no more. */
const permissions: Expectation = (context) => {
  const permission = (name: string): string => `arn:aws:ram::aws:permission/${name}`;
  const ofProfile = permission("AWSRAMPermissionRoute53ProfileAllowAssociation");
  return new OneOf([
    permission("AWSRAMDefaultPermissionTransitGateway"),
    ...(profile(context) === 0 ? [] : [ofProfile]),
  ]);
};

/** The Transit Gateway, who is attached to it, and with whom it is shared. */
export const TRANSIT = {
  aws_ec2_transit_gateway: {
    count: { networking: 1 },
    fixed: {
      auto_accept_shared_attachments: "disable",
      default_route_table_association: "disable",
      default_route_table_propagation: "disable",
      dns_support: "enable",
      multicast_support: "disable",
      security_group_referencing_support: "disable",
      vpn_ecmp_support: "disable",
    },
    free: { "a number for BGP, which nothing here speaks": "amazon_side_asn" },
  },
  aws_ec2_transit_gateway_route_table: {
    count: { networking: 2 },
    fixed: { transit_gateway_id: own("aws_ec2_transit_gateway") },
  },
  aws_ec2_transit_gateway_route_table_association: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: {
      resource_id: own("aws_vpc"),
      resource_type: "vpc",
      transit_gateway_attachment_id: own("aws_ec2_transit_gateway_vpc_attachment"),
      transit_gateway_route_table_id: transitTable("Hub", "Spokes"),
    },
  },
  aws_ec2_transit_gateway_route_table_propagation: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: {
      resource_id: own("aws_vpc"),
      resource_type: "vpc",
      transit_gateway_attachment_id: own("aws_ec2_transit_gateway_vpc_attachment"),
      transit_gateway_route_table_id: transitTable("Spokes", "Hub"),
    },
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: {
      transit_gateway_id: inStack("networking", "aws_ec2_transit_gateway"),
      vpc_id: own("aws_vpc"),
      subnet_ids: allOwn("aws_subnet", "id", "attachment"),
      vpc_owner_id: ({ account }) => account,
      appliance_mode_support: "disable",
      ipv6_support: "disable",
    },
    free: {
      "the zones answer with private addresses anyway": "dns_support",
      "the gateway has it switched off, which counts for both": "security_group_referencing_support",
      "the gateway has no default table":
        "transit_gateway_default_route_table_association transit_gateway_default_route_table_propagation",
    },
  },
  aws_ec2_transit_gateway_vpc_attachment_accepter: {
    count: { lob: 1 },
    fixed: {
      transit_gateway_attachment_id: own("aws_ec2_transit_gateway_vpc_attachment"),
      transit_gateway_id: inStack("networking", "aws_ec2_transit_gateway"),
      vpc_id: own("aws_vpc"),
      subnet_ids: allOwn("aws_subnet", "id", "attachment"),
      vpc_owner_id: ({ account }) => account,
      appliance_mode_support: "disable",
      ipv6_support: "disable",
    },
    free: {
      "the zones answer with private addresses anyway": "dns_support",
      "the gateway has it switched off, which counts for both": "security_group_referencing_support",
      "the gateway has no default table":
        "transit_gateway_default_route_table_association transit_gateway_default_route_table_propagation",
    },
  },
  aws_ram_resource_share: {
    count: { networking: 1 },
    fixed: {
      permission_arns: repeated(permissions),
      name: named("transit-gateway"),
      allow_external_principals: ({ config }) => config.organizationId === null,
    },
  },
  aws_ram_resource_association: {
    count: { networking: plus(1, profile) },
    fixed: {
      resource_arn: byAddress({
        ZoneProfile: own("aws_route53profiles_profile", "arn"),
        "": own("aws_ec2_transit_gateway", "arn"),
      }),
      resource_share_arn: own("aws_ram_resource_share", "arn"),
    },
  },
  aws_ram_principal_association: {
    count: { lob: 1 },
    fixed: {
      principal: ({ account }) => account,
      resource_share_arn: inStack("networking", "aws_ram_resource_share", "arn"),
    },
  },
  aws_ram_resource_share_accepter: {
    count: { lob: ({ config }) => (config.organizationId === null ? 1 : 0) },
    fixed: {
      share_arn: inStack("networking", "aws_ram_resource_share", "arn"),
      share_name: named("transit-gateway"),
      receiver_account_id: ({ account }) => account,
      sender_account_id: ({ config }) => config.sharedServices.id,
      status: "ACTIVE",
    },
    free: { assigned: "invitation_arn share_id", "what the share itself says": "resources" },
  },
} as const satisfies Record<string, TypeRules>;

/** The hub is associated with its own table and propagates into the spokes'; a spoke the other way round. */
function transitTable(ofHub: string, ofSpoke: string): Expectation {
  const table = (name: string): Expectation =>
    inStack("networking", "aws_ec2_transit_gateway_route_table", "id", `RouteTable-${name}`);
  return byKind({ networking: table(ofHub), access: table(ofSpoke), lob: table(ofSpoke) });
}
