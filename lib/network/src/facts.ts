/**
 * Everything about the deployed network that decides who reaches what: plain data, over all accounts.
 * {@link resolveName} and {@link reach} read it and change nothing.
 */
export interface NetworkFacts {
  readonly region: string;
  readonly vpcs: readonly VpcFact[];
  readonly subnets: readonly SubnetFact[];
  readonly routeTables: readonly RouteTableFact[];
  readonly securityGroups: readonly SecurityGroupFact[];
  readonly endpoints: readonly EndpointFact[];
  readonly prefixLists: readonly PrefixListFact[];
  readonly peerings: readonly PeeringFact[];
  readonly attachments: readonly AttachmentFact[];
  readonly transitRouteTables: readonly TransitRouteTableFact[];
  readonly zones: readonly ZoneFact[];
  readonly resolvers: readonly ResolverFact[];
  readonly dnsFirewalls: readonly DnsFirewallFact[];
  /** Absent: every subnet has the default ACL of its VPC as AWS makes it, which allows everything. */
  readonly networkAcls?: readonly NetworkAclFact[];
  /** Absent: no VPC has a rule of its own. */
  readonly resolverRules?: readonly ResolverRuleFact[];
}

export interface VpcFact {
  readonly account: string;
  readonly vpcId: string;
  readonly cidrs: readonly string[];
  /** Value of the tag `studio-access:stack`: the stack that made the VPC. */
  readonly stack: string | undefined;
  /** `enable_dns_support`. Default: on, as AWS's is. */
  readonly dnsSupport?: boolean;
  /** `enable_dns_hostnames`, which private zones and private DNS need. Default: on, other than AWS's for a VPC that is not default. */
  readonly dnsHostnames?: boolean;
  /** Of its DHCP options. Default: `AmazonProvidedDNS`. */
  readonly domainNameServers?: readonly string[];
}

export interface SubnetFact {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidr: string;
  /** Availability zone, by id or by name, in the same way for all subnets of a VPC. Absent: every attachment serves the subnet. */
  readonly zone?: string;
}

/** A network ACL that a subnet is associated with. */
export interface NetworkAclFact {
  readonly aclId: string;
  readonly subnetIds: readonly string[];
  readonly rules: readonly NetworkAclRuleFact[];
}

export interface NetworkAclRuleFact {
  /** Rules are tried from the lowest number on; the first that matches decides. None: denied. */
  readonly number: number;
  readonly egress: boolean;
  readonly allow: boolean;
  /** `-1` for all, `tcp` or `6`, … */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** IPv4 or IPv6. */
  readonly cidr: string;
}

/** A rule of Route 53 Resolver. */
export interface ResolverRuleFact {
  readonly ruleId: string;
  /** `SYSTEM` makes an exception of a forwarded domain. */
  readonly type: "FORWARD" | "SYSTEM";
  /** Without the final dot; `.` for every name. */
  readonly domain: string;
  readonly vpcIds: readonly string[];
}

export interface RouteTableFact {
  readonly routeTableId: string;
  readonly vpcId: string;
  /** Used by every subnet of the VPC that is associated with no table. */
  readonly main: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly RouteFact[];
}

export interface RouteFact {
  /** CIDR block, IPv4 or IPv6, or id of a prefix list. */
  readonly destination: string;
  /** `local`, or the id of a gateway, peering, endpoint or interface. */
  readonly target: string;
  readonly blackhole: boolean;
}

export interface SecurityGroupFact {
  readonly groupId: string;
  readonly vpcId: string;
  readonly groupName: string;
  readonly ingress: readonly RuleFact[];
  readonly egress: readonly RuleFact[];
}

export interface RuleFact {
  /** `tcp`, `udp`, …, or `-1` for all. */
  readonly protocol: string;
  /** First port; undefined for all ports. */
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  readonly cidrs: readonly string[];
  readonly groupIds: readonly string[];
  readonly prefixListIds: readonly string[];
}

export interface EndpointFact {
  readonly vpcEndpointId: string;
  readonly vpcId: string;
  readonly account: string;
  readonly type: "Interface" | "Gateway" | "other";
  /** `com.amazonaws.eu-west-1.sts`. */
  readonly serviceName: string;
  readonly available: boolean;
  /** Whether the service's public names resolve to the endpoint within its VPC. */
  readonly privateDns: boolean;
  /** Endpoint policy, JSON text. */
  readonly policy: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** For a gateway endpoint: the route tables that route to it. */
  readonly routeTableIds: readonly string[];
  readonly dnsNames: readonly string[];
  /** Private custom domain names of API Gateway that it has an access association with. Absent: none. */
  readonly domainNames?: readonly string[];
}

export interface PrefixListFact {
  readonly prefixListId: string;
  readonly name: string;
  /** Entries of a customer managed list; empty for AWS managed lists, which are compared by name. */
  readonly cidrs: readonly string[];
}

export interface PeeringFact {
  readonly peeringId: string;
  readonly active: boolean;
  readonly vpcIds: readonly string[];
}

/** A VPC's attachment to a Transit Gateway. */
export interface AttachmentFact {
  readonly attachmentId: string;
  readonly transitGatewayId: string;
  readonly vpcId: string;
  /** `available`, `pendingAcceptance`, … */
  readonly state: string;
  readonly subnetIds: readonly string[];
  /** Whether it and its gateway let security groups of other VPCs be named. Default: they do not, as AWS's gateways. */
  readonly securityGroupReferencing?: boolean;
}

export interface TransitRouteTableFact {
  readonly routeTableId: string;
  readonly transitGatewayId: string;
  /** Attachments whose traffic is looked up in this table. */
  readonly associated: readonly string[];
  /** Attachments whose VPC's CIDR blocks this table learns. */
  readonly propagated: readonly string[];
  readonly routes: readonly TransitRouteFact[];
}

/** A static route of a Transit Gateway's table. */
export interface TransitRouteFact {
  readonly cidr: string;
  /** Undefined for a blackhole. */
  readonly attachmentId: string | undefined;
}

/** A private hosted zone. */
export interface ZoneFact {
  readonly zoneId: string;
  readonly account: string;
  /** Without the final dot. */
  readonly name: string;
  readonly vpcIds: readonly string[];
  /** VPCs that have the zone by a Route 53 Profile. Absent: none. */
  readonly profileVpcIds?: readonly string[];
  readonly records: readonly RecordFact[];
}

export interface RecordFact {
  /** Without the final dot; may begin with `*.`. */
  readonly name: string;
  readonly type: string;
  /** DNS name of an alias record's target. */
  readonly alias: string | undefined;
  readonly values: readonly string[];
}

/** A Route 53 resolver endpoint. */
export interface ResolverFact {
  readonly resolverEndpointId: string;
  readonly account: string;
  readonly direction: "INBOUND" | "OUTBOUND";
  readonly vpcId: string;
  readonly securityGroupIds: readonly string[];
}

/** A rule group of Route 53 Resolver DNS Firewall, associated with a VPC. */
export interface DnsFirewallFact {
  readonly associationId: string;
  readonly vpcId: string;
  /** Rule groups of a VPC are tried from the lowest priority on. */
  readonly priority: number;
  readonly rules: readonly DnsFirewallRuleFact[];
}

export interface DnsFirewallRuleFact {
  /** Rules of a group are tried from the lowest priority on; the first that matches decides. */
  readonly priority: number;
  /** `ALERT` lets the query through, and logs it. */
  readonly action: "ALLOW" | "BLOCK" | "ALERT";
  /** Without the final dot. `*.` begins one for every name below; `*` is every name. */
  readonly domains: readonly string[];
  /** Whether names that a CNAME leads to are let through without a rule of their own. */
  readonly trustsRedirection: boolean;
}

export const NO_FACTS: Omit<NetworkFacts, "region"> = {
  vpcs: [],
  subnets: [],
  routeTables: [],
  securityGroups: [],
  endpoints: [],
  prefixLists: [],
  peerings: [],
  attachments: [],
  transitRouteTables: [],
  zones: [],
  resolvers: [],
  dnsFirewalls: [],
};
