import { childrenOf, descendant, textAt, type XmlElement } from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import type { Listing } from "./listing";

interface Ec2Type {
  readonly type: string;
  readonly action: string;
  readonly set: string;
  readonly id: string;
  /** Path of the state, for resources that AWS still lists after their deletion. */
  readonly state?: readonly string[];
}

/** Final states of resources. */
const GONE = new Set(["deleted", "deleting", "terminated", "shutting-down", "rejected", "delete-complete"]);

const TYPES: readonly Ec2Type[] = [
  { type: "address", action: "DescribeAddresses", set: "addressesSet", id: "allocationId" },
  { type: "flow-log", action: "DescribeFlowLogs", set: "flowLogSet", id: "flowLogId" },
  {
    type: "internet-gateway",
    action: "DescribeInternetGateways",
    set: "internetGatewaySet",
    id: "internetGatewayId",
  },
  { type: "key-pair", action: "DescribeKeyPairs", set: "keySet", id: "keyName" },
  {
    type: "launch-template",
    action: "DescribeLaunchTemplates",
    set: "launchTemplates",
    id: "launchTemplateId",
  },
  {
    type: "nat-gateway",
    action: "DescribeNatGateways",
    set: "natGatewaySet",
    id: "natGatewayId",
    state: ["state"],
  },
  { type: "network-acl", action: "DescribeNetworkAcls", set: "networkAclSet", id: "networkAclId" },
  {
    type: "network-interface",
    action: "DescribeNetworkInterfaces",
    set: "networkInterfaceSet",
    id: "networkInterfaceId",
  },
  { type: "route-table", action: "DescribeRouteTables", set: "routeTableSet", id: "routeTableId" },
  { type: "security-group", action: "DescribeSecurityGroups", set: "securityGroupInfo", id: "groupId" },
  { type: "subnet", action: "DescribeSubnets", set: "subnetSet", id: "subnetId" },
  {
    type: "transit-gateway",
    action: "DescribeTransitGateways",
    set: "transitGatewaySet",
    id: "transitGatewayId",
    state: ["state"],
  },
  {
    type: "transit-gateway-attachment",
    action: "DescribeTransitGatewayVpcAttachments",
    set: "transitGatewayVpcAttachments",
    id: "transitGatewayAttachmentId",
    state: ["state"],
  },
  {
    type: "transit-gateway-route-table",
    action: "DescribeTransitGatewayRouteTables",
    set: "transitGatewayRouteTables",
    id: "transitGatewayRouteTableId",
    state: ["state"],
  },
  { type: "volume", action: "DescribeVolumes", set: "volumeSet", id: "volumeId", state: ["status"] },
  { type: "vpc", action: "DescribeVpcs", set: "vpcSet", id: "vpcId" },
  {
    type: "vpc-endpoint",
    action: "DescribeVpcEndpoints",
    set: "vpcEndpointSet",
    id: "vpcEndpointId",
    state: ["state"],
  },
  {
    type: "vpc-peering",
    action: "DescribeVpcPeeringConnections",
    set: "vpcPeeringConnectionSet",
    id: "vpcPeeringConnectionId",
    state: ["status", "code"],
  },
];

const INSTANCES: Listing = {
  label: "ec2 instance",
  async list(moto, place) {
    const reservations = await describeItems(moto, place, "DescribeInstances", {}, "reservationSet");
    const instances = reservations.flatMap((reservation) => {
      const set = descendant(reservation, "instancesSet");
      return set ? childrenOf(set, "item") : [];
    });
    return instances
      .filter((instance) => !isGone(instance, ["instanceState", "name"]))
      .map((instance) => textAt(instance, "instanceId") ?? "");
  },
};

const PREFIX_LISTS: Listing = {
  label: "ec2 prefix-list",
  async list(moto, place) {
    const lists = await describeItems(moto, place, "DescribeManagedPrefixLists", {}, "prefixListSet");
    return lists
      .filter((list) => textAt(list, "ownerId") !== "AWS" && !isGone(list, ["state"]))
      .map((list) => textAt(list, "prefixListId") ?? "");
  },
};

/** The resources of EC2, except the default VPC of every account. */
export const EC2_LISTINGS: readonly Listing[] = [
  ...TYPES.map(({ type, action, set, id, state }): Listing => ({
    label: `ec2 ${type}`,
    async list(moto, place) {
      const [items, defaults] = await Promise.all([
        describeItems(moto, place, action, {}, set),
        describeItems(
          moto,
          place,
          "DescribeVpcs",
          { "Filter.1.Name": "is-default", "Filter.1.Value.1": "true" },
          "vpcSet",
        ),
      ]);
      const defaultVpcs = new Set(defaults.map((vpc) => textAt(vpc, "vpcId")));
      return (
        items
          .filter((item) => !defaultVpcs.has(textAt(item, "vpcId")) && !isGone(item, state))
          // AWS deletes the default network ACL with its VPC; moto does not.
          .filter((item) => textAt(item, "default") !== "true")
          .map((item) => textAt(item, id) ?? "")
      );
    },
  })),
  INSTANCES,
  PREFIX_LISTS,
];

function isGone(item: XmlElement, state: readonly string[] | undefined): boolean {
  return state !== undefined && GONE.has(textAt(item, ...state) ?? "");
}
