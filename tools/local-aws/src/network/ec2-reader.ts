import type { XmlElement } from "../server/xml";
import { child, childrenOf, descendant, textAt } from "../server/xml";
import type {
  AttachmentFact,
  EndpointFact,
  NetworkAclFact,
  NetworkAclRuleFact,
  NetworkFacts,
  PeeringFact,
  RouteFact,
  RouteTableFact,
  RuleFact,
  SecurityGroupFact,
  SubnetFact,
  VpcFact,
} from "@studio-access/network";

/** Tag that every resource of a stack carries; its value is the stack's name. */
const STACK_TAG = "studio-access:stack";

/** Calls a Describe operation in one account and returns its items. */
export type DescribeEc2 = (
  action: string,
  set: string,
  parameters?: Readonly<Record<string, string>>,
) => Promise<XmlElement[]>;

export type Ec2Facts = Pick<
  NetworkFacts,
  | "vpcs"
  | "subnets"
  | "routeTables"
  | "securityGroups"
  | "endpoints"
  | "peerings"
  | "attachments"
  | "networkAcls"
>;

/** Final states of attachments, which AWS still lists for a while. */
const ENDED = new Set(["deleted", "deleting", "rejected", "failed"]);

/** Reads the EC2 half of the facts of one account. */
export async function readEc2(account: string, describe: DescribeEc2): Promise<Ec2Facts> {
  const [vpcs, options, acls, subnets, routeTables, securityGroups, endpoints, peerings, attachments] =
    await Promise.all([
      describe("DescribeVpcs", "vpcSet"),
      describe("DescribeDhcpOptions", "dhcpOptionsSet"),
      describe("DescribeNetworkAcls", "networkAclSet"),
      describe("DescribeSubnets", "subnetSet"),
      describe("DescribeRouteTables", "routeTableSet"),
      describe("DescribeSecurityGroups", "securityGroupInfo"),
      describe("DescribeVpcEndpoints", "vpcEndpointSet"),
      describe("DescribeVpcPeeringConnections", "vpcPeeringConnectionSet"),
      describe("DescribeTransitGatewayVpcAttachments", "transitGatewayVpcAttachments"),
    ]);
  return {
    vpcs: await Promise.all(vpcs.map((item) => vpcFact(account, item, options, describe))),
    networkAcls: acls.map(networkAclFact),
    subnets: subnets.map(subnetFact),
    routeTables: routeTables.map(routeTableFact),
    securityGroups: securityGroups.map(securityGroupFact),
    endpoints: endpoints.map((item) => endpointFact(account, item)),
    peerings: peerings.map(peeringFact),
    attachments: attachments.map(attachmentFact).filter(({ state }) => !ENDED.has(state)),
  };
}

async function vpcFact(
  account: string,
  item: XmlElement,
  options: readonly XmlElement[],
  describe: DescribeEc2,
): Promise<VpcFact> {
  const vpcId = text(item, "vpcId");
  const isOn = async (attribute: "enableDnsSupport" | "enableDnsHostnames"): Promise<boolean> => {
    const parameters = { VpcId: vpcId, Attribute: attribute };
    const [value] = await describe("DescribeVpcAttribute", attribute, parameters);
    return value === undefined || textAt(value) === "true";
  };
  const [dnsSupport, dnsHostnames] = await Promise.all([
    isOn("enableDnsSupport"),
    isOn("enableDnsHostnames"),
  ]);
  const own = options.find((one) => text(one, "dhcpOptionsId") === text(item, "dhcpOptionsId"));
  const cidrs = items(item, "cidrBlockAssociationSet").map((block) => text(block, "cidrBlock"));
  const tag = items(item, "tagSet").find((candidate) => text(candidate, "key") === STACK_TAG);
  return {
    account,
    vpcId,
    dnsSupport,
    dnsHostnames,
    ...(own && { domainNameServers: nameServers(own) }),
    cidrs: [...new Set([text(item, "cidrBlock"), ...cidrs])],
    stack: tag && text(tag, "value"),
  };
}

function subnetFact(item: XmlElement): SubnetFact {
  return {
    subnetId: text(item, "subnetId"),
    vpcId: text(item, "vpcId"),
    cidr: text(item, "cidrBlock"),
    zone: text(item, "availabilityZone"),
  };
}

function nameServers(options: XmlElement): string[] {
  const configured = items(options, "dhcpConfigurationSet");
  const servers = configured.find((one) => text(one, "key") === "domain-name-servers");
  return servers ? items(servers, "valueSet").map((value) => text(value, "value")) : [];
}

function networkAclFact(item: XmlElement): NetworkAclFact {
  return {
    aclId: text(item, "networkAclId"),
    subnetIds: items(item, "associationSet").map((association) => text(association, "subnetId")),
    rules: items(item, "entrySet").map(networkAclRuleFact),
  };
}

function networkAclRuleFact(item: XmlElement): NetworkAclRuleFact {
  const range = child(item, "portRange");
  return {
    number: Number(text(item, "ruleNumber")),
    egress: text(item, "egress") === "true",
    allow: text(item, "ruleAction") === "allow",
    protocol: text(item, "protocol"),
    fromPort: range && port(range, "from"),
    toPort: range && port(range, "to"),
    cidr: text(item, "cidrBlock") || text(item, "ipv6CidrBlock"),
  };
}

function routeTableFact(item: XmlElement): RouteTableFact {
  const associations = items(item, "associationSet");
  return {
    routeTableId: text(item, "routeTableId"),
    vpcId: text(item, "vpcId"),
    main: associations.some((association) => text(association, "main") === "true"),
    subnetIds: associations.map((association) => text(association, "subnetId")).filter(Boolean),
    routes: items(item, "routeSet").map(routeFact),
  };
}

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

const TARGETS = [
  "gatewayId",
  "egressOnlyInternetGatewayId",
  "natGatewayId",
  "transitGatewayId",
  "vpcPeeringConnectionId",
  "networkInterfaceId",
  "instanceId",
];

function routeFact(item: XmlElement): RouteFact {
  return {
    destination: DESTINATIONS.map((name) => text(item, name)).find(Boolean) ?? "",
    target: TARGETS.map((name) => text(item, name)).find(Boolean) ?? "nothing",
    blackhole: text(item, "state") === "blackhole",
  };
}

function securityGroupFact(item: XmlElement): SecurityGroupFact {
  return {
    groupId: text(item, "groupId"),
    vpcId: text(item, "vpcId"),
    groupName: text(item, "groupName"),
    ingress: items(item, "ipPermissions").map(ruleFact),
    egress: items(item, "ipPermissionsEgress").map(ruleFact),
  };
}

function ruleFact(item: XmlElement): RuleFact {
  return {
    protocol: text(item, "ipProtocol"),
    fromPort: port(item, "fromPort"),
    toPort: port(item, "toPort"),
    cidrs: items(item, "ipRanges").map((range) => text(range, "cidrIp")),
    groupIds: items(item, "groups").map((group) => text(group, "groupId")),
    prefixListIds: items(item, "prefixListIds").map((list) => text(list, "prefixListId")),
  };
}

function port(item: XmlElement, name: string): number | undefined {
  const value = textAt(item, name);
  return value === undefined || value === "" || Number(value) < 0 ? undefined : Number(value);
}

function endpointFact(account: string, item: XmlElement): EndpointFact {
  const type = text(item, "vpcEndpointType");
  return {
    vpcEndpointId: text(item, "vpcEndpointId"),
    vpcId: text(item, "vpcId"),
    account,
    type: type === "Interface" || type === "Gateway" ? type : "other",
    serviceName: text(item, "serviceName"),
    available: text(item, "state").toLowerCase() === "available",
    privateDns: text(item, "privateDnsEnabled") === "true",
    policy: text(item, "policyDocument"),
    subnetIds: texts(item, "subnetIdSet"),
    securityGroupIds: items(item, "groupSet").map((group) => text(group, "groupId")),
    routeTableIds: texts(item, "routeTableIdSet"),
    dnsNames: items(item, "dnsEntrySet").map((entry) => text(entry, "dnsName").toLowerCase()),
  };
}

function peeringFact(item: XmlElement): PeeringFact {
  return {
    peeringId: text(item, "vpcPeeringConnectionId"),
    active: textAt(item, "status", "code") === "active",
    vpcIds: ["requesterVpcInfo", "accepterVpcInfo"]
      .map((side) => textAt(item, side, "vpcId") ?? "")
      .filter(Boolean),
  };
}

function attachmentFact(item: XmlElement): AttachmentFact {
  return {
    attachmentId: text(item, "transitGatewayAttachmentId"),
    transitGatewayId: text(item, "transitGatewayId"),
    vpcId: text(item, "vpcId"),
    state: text(item, "state"),
    subnetIds: texts(item, "subnetIds"),
  };
}

function text(item: XmlElement, name: string): string {
  return textAt(item, name) ?? "";
}

function items(item: XmlElement, list: string): XmlElement[] {
  const found = child(item, list);
  return found ? childrenOf(found, "item") : [];
}

/** Items that hold only text. */
function texts(item: XmlElement, list: string): string[] {
  const found = descendant(item, list);
  return found ? childrenOf(found, "item").map((entry) => textAt(entry) ?? "") : [];
}
