import type { NetworkAclRuleFact, NetworkFacts, RouteFact, ZoneFact } from "./facts";
import { resolveName } from "./name-resolution";
import { NotModelled } from "./not-modelled";
import type { NetworkPlace } from "./place";
import { reach, type Source } from "./reach";
import { ACCESS, exampleNetwork as facts, HUB, LOB, tcp } from "./testing/example-network";

/*
 * What decides on AWS beside the plain hub and its spokes: modelled, or "cannot be told", which is an error for whoever asks.
 */
const USER_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide";
const TGW = "https://docs.aws.amazon.com/vpc/latest/tgw";
const ROUTE53 = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide";

const STS = "sts.eu-west-1.amazonaws.com";
const PUBLIC = "logs.eu-west-1.amazonaws.com";

const place: NetworkPlace = {
  account: "111111111111",
  vpcId: ACCESS,
  subnetIds: [`subnet-${ACCESS}`],
  securityGroupIds: ["sg-function"],
  name: "function access-presign",
};
const asFunction: Source = { kind: "vpc", place, subnets: "all" };

/** "reached", why it is refused, or why it cannot be told. */
function outcome(change: Partial<NetworkFacts>, host = STS, source = asFunction): string {
  try {
    const answer = reach({ ...facts, ...change }, source, host);
    return answer.reached ? "reached" : `refused: ${answer.reason}`;
  } catch (error) {
    if (error instanceof NotModelled) return error.message;
    throw error;
  }
}

function routes(
  vpcId: string,
  ...added: readonly (readonly [destination: string, target: string])[]
): Partial<NetworkFacts> {
  const more = added.map(([destination, target]): RouteFact => ({
    destination,
    target,
    blackhole: target === "blackhole",
  }));
  return {
    prefixLists: [
      { prefixListId: "pl-hub", name: "hub", cidrs: ["10.0.1.0/24", "10.0.0.0/16"] },
      { prefixListId: "pl-hub2", name: "hub2", cidrs: ["10.0.1.0/24"] },
      { prefixListId: "pl-all", name: "all", cidrs: ["0.0.0.0/0"] },
      { prefixListId: "pl-s3", name: "com.amazonaws.eu-west-1.s3", cidrs: [] },
    ],
    routeTables: facts.routeTables.map((table) =>
      table.vpcId === vpcId ? { ...table, routes: [...table.routes, ...more] } : table,
    ),
  };
}

/** The route table of the access VPC with these routes beside its local one. */
function onlyRoutes(
  ...added: readonly (readonly [destination: string, target: string])[]
): Partial<NetworkFacts> {
  const { prefixLists, routeTables } = routes(ACCESS, ...added);
  return {
    ...(prefixLists && { prefixLists }),
    routeTables: (routeTables ?? []).map((table) =>
      table.vpcId === ACCESS ? { ...table, routes: table.routes.filter((_, index) => index !== 1) } : table,
    ),
  };
}

function egress(...cidrs: readonly string[]): NetworkFacts["securityGroups"] {
  return facts.securityGroups.map((group) =>
    group.groupId === "sg-function" ? { ...group, egress: cidrs.map((cidr) => tcp(cidr, 443)) } : group,
  );
}

describe(`a route by prefix list (${USER_GUIDE}/route-tables-priority.html)`, () => {
  it.each<[string, Partial<NetworkFacts>, string]>([
    ["leads", onlyRoutes(["pl-hub", "tgw-1"]), "reached"],
    [
      "drops, where it is more specific and a blackhole",
      routes(ACCESS, ["pl-hub2", "blackhole"]),
      "is a blackhole",
    ],
    [
      "yields to a route for the same block",
      routes(ACCESS, ["pl-hub2", "blackhole"], ["10.0.1.0/24", "tgw-1"]),
      "reached",
    ],
    [
      "cannot be told beside another one with the same block",
      routes(ACCESS, ["pl-hub", "tgw-1"], ["pl-hub2", "blackhole"]),
      "cannot be told, rtb-vpc-access: which of its prefix lists takes",
    ],
    ["cannot be told without the list", onlyRoutes(["pl-lost", "tgw-1"]), "the prefix list pl-lost"],
  ])("%s", (_, change, expected) => {
    expect(outcome(change)).toContain(expected);
  });
});

describe(`a way to public addresses (${USER_GUIDE}/route-tables-priority.html, ${TGW}/transit-gateway-nat-igw.html)`, () => {
  const hubEgress = {
    ...routes(ACCESS, ["0.0.0.0/0", "tgw-1"]),
    transitRouteTables: facts.transitRouteTables.map((table) => ({
      ...table,
      routes: [{ cidr: "0.0.0.0/0", attachmentId: `att-${HUB}` }],
    })),
  };
  const withNat = hubEgress.routeTables?.map((table) =>
    table.vpcId === HUB
      ? {
          ...table,
          routes: [...table.routes, { destination: "0.0.0.0/0", target: "nat-1", blackhole: false }],
        }
      : table,
  );

  it.each<[string, Partial<NetworkFacts>, string]>([
    ["a NAT gateway", routes(ACCESS, ["0.0.0.0/0", "nat-1"]), "reached"],
    ["a NAT gateway by prefix list", routes(ACCESS, ["pl-all", "nat-1"]), "reached"],
    [
      "an internet gateway, for a function",
      routes(ACCESS, ["0.0.0.0/0", "igw-1"]),
      "does not lead to the internet",
    ],
    ["a peering", routes(ACCESS, ["0.0.0.0/0", "pcx-1"]), "does not lead to the internet"],
    [
      "a Transit Gateway without a way on",
      routes(ACCESS, ["0.0.0.0/0", "tgw-1"]),
      "has no route to the internet",
    ],
    [
      "a Transit Gateway to a VPC without a way on",
      hubEgress,
      "no route to the internet from subnet-vpc-hub",
    ],
    ["central egress", { ...hubEgress, ...(withNat && { routeTables: withNat }) }, "reached"],
    [
      "an interface",
      routes(ACCESS, ["0.0.0.0/0", "eni-1"]),
      "cannot be told, rtb-vpc-access: where its route for 0.0.0.0/0 to eni-1",
    ],
    ["a virtual private gateway", routes(ACCESS, ["0.0.0.0/0", "vgw-1"]), "cannot be told, rtb-vpc-access"],
    ["a NAT gateway for some addresses", routes(ACCESS, ["52.0.0.0/8", "nat-1"]), "to some public addresses"],
    ["a NAT gateway for a list of AWS's", routes(ACCESS, ["pl-s3", "nat-1"]), "to some public addresses"],
    ["two halves", routes(ACCESS, ["0.0.0.0/1", "nat-1"], ["128.0.0.0/1", "nat-1"]), "reached"],
    ["IPv6", routes(ACCESS, ["::/0", "eigw-1"]), "IPv6 is not modelled"],
    [
      "private blocks alone",
      routes(ACCESS, ["10.0.0.0/8", "tgw-1"], ["172.16.0.0/12", "eni-1"]),
      "no route to the internet",
    ],
  ])("%s", (_, change, expected) => {
    expect(outcome(change, PUBLIC)).toContain(expected);
  });

  it.each<[string, readonly string[], string]>([
    ["two that hold all addresses together", ["0.0.0.0/1", "128.0.0.0/1"], "reached"],
    [
      "all but private ones",
      [
        "0.0.0.0/5",
        "8.0.0.0/7",
        "11.0.0.0/8",
        "12.0.0.0/6",
        "16.0.0.0/4",
        "32.0.0.0/3",
        "64.0.0.0/2",
        "128.0.0.0/1",
      ],
      "reached",
    ],
    [
      "some public ones",
      ["52.0.0.0/8"],
      "cannot be told, sg-function: its egress rules hold some public addresses",
    ],
    ["private ones alone", ["10.0.0.0/8"], "its outbound rules do not allow TCP 443"],
  ])("outbound rules for %s", (_, cidrs, expected) => {
    const change = { ...routes(ACCESS, ["0.0.0.0/0", "nat-1"]), securityGroups: egress(...cidrs) };
    expect(outcome(change, PUBLIC)).toContain(expected);
  });
});

describe("a rule that names a security group (https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html)", () => {
  const rule = { ...tcp("192.0.2.0/24", 443), groupIds: ["sg-function"] };
  const securityGroups = facts.securityGroups.map((group) =>
    group.groupId === "sg-endpoints" ? { ...group, ingress: [rule] } : group,
  );
  const peerings = [{ peeringId: "pcx-1", active: true, vpcIds: [HUB, ACCESS] }];
  const there = routes(ACCESS, ["10.0.1.0/24", "pcx-1"]).routeTables ?? [];
  const overPeering = there.map((table) =>
    table.vpcId === HUB
      ? {
          ...table,
          routes: [...table.routes, { destination: "10.1.0.0/16", target: "pcx-1", blackhole: false }],
        }
      : table,
  );

  it.each<[string, Partial<NetworkFacts>, string]>([
    ["holds over a peering", { peerings, routeTables: overPeering }, "reached"],
    [
      "does not hold over the Transit Gateway, although a peering is there",
      { peerings },
      "does not allow TCP 443 from",
    ],
    [
      "cannot be told where the Transit Gateway lets groups be named",
      { attachments: facts.attachments.map((one) => ({ ...one, securityGroupReferencing: true })) },
      "cannot be told, vpce-0a1: security group referencing",
    ],
  ])("%s", (_, change, expected) => {
    expect(outcome({ securityGroups, ...change })).toContain(expected);
  });
});

describe(`names (${ROUTE53}/hosted-zone-private-considerations.html, ${ROUTE53}/DomainNameFormat.html)`, () => {
  const zone = (name: string, ...records: ZoneFact["records"]): ZoneFact => ({
    zoneId: "Z-1",
    account: "111111111111",
    name,
    vpcIds: [HUB, ACCESS],
    records,
  });
  const alias = facts.zones[0]?.records[0]?.alias;
  const privateDns = facts.endpoints.map((endpoint) => ({ ...endpoint, privateDns: true }));
  const inVpc = (vpcId: string, change: object): Partial<NetworkFacts> => ({
    vpcs: facts.vpcs.map((vpc) => (vpc.vpcId === vpcId ? { ...vpc, ...change } : vpc)),
  });
  const resolved = (vpcId: string, change: Partial<NetworkFacts>, name: string): string => {
    try {
      const found = resolveName({ ...facts, ...change }, vpcId, name);
      return found.kind === "no_such_name" ? `${found.kind}: ${found.reason}` : found.kind;
    } catch (error) {
      if (error instanceof NotModelled) return error.message;
      throw error;
    }
  };

  const forward = (
    domain: string,
    type: "FORWARD" | "SYSTEM" = "FORWARD",
  ): NonNullable<NetworkFacts["resolverRules"]>[number] => ({
    ruleId: "rslvr-rr-1",
    type,
    domain,
    vpcIds: [ACCESS],
  });

  it.each<[string, string, Partial<NetworkFacts>, string, string]>([
    [
      "an endpoint's private DNS is more specific than a wide zone",
      HUB,
      { endpoints: privateDns, zones: [zone("amazonaws.com")] },
      STS,
      "endpoint",
    ],
    [
      "a zone below is more specific than an endpoint's private DNS",
      HUB,
      { endpoints: privateDns, zones: [zone(`x.${STS}`)] },
      `a.x.${STS}`,
      "no_such_name: zone",
    ],
    [
      "an endpoint's private DNS holds no other name below its own",
      HUB,
      { endpoints: privateDns, zones: [] },
      `a.${STS}`,
      "no_such_name: the private DNS of vpce-0a1",
    ],
    [
      "a wildcard does not stand in for a name of another type",
      ACCESS,
      {
        zones: [
          zone(
            "eu-west-1.amazonaws.com",
            { name: "*.eu-west-1.amazonaws.com", type: "A", alias, values: [] },
            { name: STS, type: "TXT", alias: undefined, values: ["x"] },
          ),
        ],
      },
      STS,
      "of another type",
    ],
    [
      "a record may hold an address",
      ACCESS,
      { zones: [zone(STS, { name: STS, type: "A", alias: undefined, values: ["10.0.1.7"] })] },
      STS,
      "addresses",
    ],
    [
      "without enableDnsSupport nothing resolves",
      ACCESS,
      inVpc(ACCESS, { dnsSupport: false }),
      STS,
      "enableDnsSupport is off",
    ],
    [
      "without enableDnsHostnames private zones do not count",
      ACCESS,
      inVpc(ACCESS, { dnsHostnames: false }),
      STS,
      "public",
    ],
    [
      "nor does private DNS",
      HUB,
      { ...inVpc(HUB, { dnsHostnames: false }), endpoints: privateDns, zones: [] },
      STS,
      "public",
    ],
    [
      "AWS's own name server, as DHCP options name it",
      ACCESS,
      inVpc(ACCESS, { domainNameServers: ["AmazonProvidedDNS"] }),
      STS,
      "endpoint",
    ],
    [
      "other name servers cannot be told",
      ACCESS,
      inVpc(ACCESS, { domainNameServers: ["10.9.9.9"] }),
      STS,
      "cannot be told, vpc-access: its name servers are 10.9.9.9",
    ],
    [
      "a forwarding rule for the name of a zone cannot be told",
      ACCESS,
      { resolverRules: [forward(STS)] },
      STS,
      "cannot be told, rslvr-rr-1",
    ],
    [
      "a forwarding rule for everything yields to a zone",
      ACCESS,
      { resolverRules: [forward(".")] },
      STS,
      "endpoint",
    ],
    [
      "a forwarding rule for everything takes other names",
      ACCESS,
      { resolverRules: [forward(".")] },
      PUBLIC,
      "cannot be told, rslvr-rr-1",
    ],
    [
      "a system rule keeps a name",
      ACCESS,
      { resolverRules: [forward("."), forward("amazonaws.com", "SYSTEM")] },
      PUBLIC,
      "public",
    ],
    ["a rule of other VPCs does not count", LOB, { resolverRules: [forward(".")] }, PUBLIC, "public"],
    ["a dual-stack name cannot be told", ACCESS, {}, "s3.dualstack.eu-west-1.amazonaws.com", "IPv6"],
    ["nor can a name of api.aws", ACCESS, {}, "sts.eu-west-1.api.aws", "IPv6"],
  ])("%s", (_, vpcId, change, name, expected) => {
    expect(resolved(vpcId, change, name)).toContain(expected);
  });

  it("what answers at a bare address cannot be told", () => {
    const zones = [zone(STS, { name: STS, type: "A", alias: undefined, values: ["10.0.1.7"] })];
    expect(outcome({ zones })).toBe("cannot be told, Z-1: what answers at 10.0.1.7");
  });
});

describe(`network ACLs (${USER_GUIDE}/nacl-rules.html)`, () => {
  const rule = (change: Partial<NetworkAclRuleFact>): NetworkAclRuleFact => ({
    number: 100,
    egress: false,
    allow: true,
    protocol: "-1",
    fromPort: undefined,
    toPort: undefined,
    cidr: "0.0.0.0/0",
    ...change,
  });
  const open = [rule({ egress: true }), rule({ egress: false })];
  const tcpRule = (
    egress: boolean,
    fromPort: number,
    toPort: number,
    cidr = "0.0.0.0/0",
  ): NetworkAclRuleFact => rule({ egress, protocol: "6", fromPort, toPort, cidr });
  const withAcl = (rules: readonly NetworkAclRuleFact[], vpcId = ACCESS): Partial<NetworkFacts> => ({
    networkAcls: [{ aclId: "acl-1", subnetIds: [`subnet-${vpcId}`], rules }],
    // Attachments have subnets of their own, as AWS advises.
    attachments: facts.attachments.map((one) => ({ ...one, subnetIds: [] })),
  });

  it.each<[string, Partial<NetworkFacts>, string]>([
    ["AWS's default one", withAcl(open), "reached"],
    [
      "one without rules",
      withAcl([]),
      "the network ACL of subnet-vpc-access does not allow TCP 443 outbound",
    ],
    [
      "a Deny with a lower number",
      withAcl([rule({ number: 1, egress: true, allow: false }), ...open]),
      "TCP 443 outbound",
    ],
    [
      "a Deny with a higher number",
      withAcl([rule({ number: 200, egress: true, allow: false }), ...open]),
      "reached",
    ],
    [
      "443 out and the client's ports in",
      withAcl([tcpRule(true, 443, 443), tcpRule(false, 1024, 65_535)]),
      "reached",
    ],
    ["no way for the answer", withAcl([tcpRule(true, 443, 443)]), "the client's ports inbound"],
    [
      "some of the client's ports",
      withAcl([tcpRule(true, 443, 443), tcpRule(false, 32_768, 60_999)]),
      "cannot be told, acl-1",
    ],
    ["another block", withAcl([tcpRule(true, 443, 443, "10.9.0.0/16"), rule({})]), "TCP 443 outbound"],
    [
      "the endpoint's side",
      withAcl([rule({ egress: true })], HUB),
      "the network ACL of subnet-vpc-hub does not allow TCP 443 inbound",
    ],
    [
      "a closed one at the attachment",
      {
        networkAcls: [
          {
            aclId: "acl-2",
            subnetIds: [`subnet-${HUB}`],
            rules: [tcpRule(false, 443, 443), tcpRule(true, 1024, 65_535)],
          },
        ],
      },
      "cannot be told, acl-2: the network ACL of the attachment att-vpc-hub",
    ],
  ])("%s", (_, change, expected) => {
    expect(outcome(change)).toContain(expected);
  });

  it.each<[string, readonly NetworkAclRuleFact[], string]>([
    ["all public addresses", open, "reached"],
    [
      "no public address",
      [tcpRule(true, 443, 443, "10.0.0.0/8"), rule({})],
      "TCP 443 outbound, public addresses",
    ],
    ["some public addresses", [tcpRule(true, 443, 443, "52.0.0.0/8"), rule({})], "cannot be told, acl-1"],
  ])("for %s", (_, rules, expected) => {
    expect(outcome({ ...withAcl(rules), ...routes(ACCESS, ["0.0.0.0/0", "nat-1"]) }, PUBLIC)).toContain(
      expected,
    );
  });
});

describe(`an attachment (${TGW}/tgw-vpc-attachments.html)`, () => {
  const zoned = (zone: string): Partial<NetworkFacts> => ({
    subnets: [
      ...facts.subnets.map((subnet) => (subnet.vpcId === ACCESS ? { ...subnet, zone } : subnet)),
      { subnetId: "subnet-attachment", vpcId: ACCESS, cidr: "10.1.9.0/28", zone: "euw1-az1" },
    ],
    attachments: facts.attachments.map((one) =>
      one.vpcId === ACCESS ? { ...one, subnetIds: ["subnet-attachment"] } : one,
    ),
  });

  it.each([
    ["euw1-az1", "reached"],
    ["euw1-az2", "subnet-vpc-access is in euw1-az2, where the attachment has no subnet"],
  ])("with a subnet in euw1-az1 serves a subnet in %s: %s", (zone, expected) => {
    expect(outcome(zoned(zone))).toContain(expected);
  });
});
