import { NO_FACTS, type NetworkFacts, type RuleFact, type SubnetFact, type ZoneFact } from "../facts";

/** An example for tests: a hub with central endpoints, and two spokes attached to its Transit Gateway. */
export const HUB = "vpc-hub";
export const ACCESS = "vpc-access";
export const LOB = "vpc-lob";

const STS_NAME = "vpce-0a1-x.sts.eu-west-1.vpce.amazonaws.com";
const STUDIO_NAME = "vpce-0a2-x.studio.eu-west-1.vpce.amazonaws.com";
const EVERYWHERE: RuleFact = tcp("0.0.0.0/0", 443);

export const exampleNetwork: NetworkFacts = {
  ...NO_FACTS,
  region: "eu-west-1",
  vpcs: [
    { account: "111111111111", vpcId: HUB, cidrs: ["10.0.0.0/16"], stack: "networking" },
    { account: "111111111111", vpcId: ACCESS, cidrs: ["10.1.0.0/16"], stack: "access" },
    { account: "222222222222", vpcId: LOB, cidrs: ["10.2.0.0/16"], stack: "lob-a" },
  ],
  subnets: [subnet(HUB, "10.0.1.0/24"), subnet(ACCESS, "10.1.1.0/24"), subnet(LOB, "10.2.1.0/24")],
  routeTables: [
    table(HUB, "10.0.0.0/16", { destination: "10.0.0.0/8", target: "tgw-1", blackhole: false }),
    table(ACCESS, "10.1.0.0/16", { destination: "10.0.0.0/16", target: "tgw-1", blackhole: false }),
    table(LOB, "10.2.0.0/16", { destination: "10.0.0.0/8", target: "tgw-1", blackhole: false }),
  ],
  securityGroups: [
    {
      groupId: "sg-endpoints",
      vpcId: HUB,
      groupName: "endpoints",
      ingress: [tcp("10.0.0.0/8", 443)],
      egress: [],
    },
    { groupId: "sg-function", vpcId: ACCESS, groupName: "function", ingress: [], egress: [EVERYWHERE] },
    {
      groupId: "sg-dns",
      vpcId: HUB,
      groupName: "dns",
      ingress: [tcp("10.1.0.0/16", 53), tcp("10.200.0.0/16", 53)],
      egress: [],
    },
  ],
  endpoints: [
    endpoint("vpce-0a1", "com.amazonaws.eu-west-1.sts", STS_NAME),
    endpoint("vpce-0a2", "aws.sagemaker.eu-west-1.studio", STUDIO_NAME),
  ],
  attachments: [attachment(HUB), attachment(ACCESS), attachment(LOB)],
  transitRouteTables: [
    {
      routeTableId: "tgw-rtb-hub",
      transitGatewayId: "tgw-1",
      associated: [`att-${HUB}`],
      propagated: [`att-${ACCESS}`, `att-${LOB}`],
      routes: [],
    },
    {
      routeTableId: "tgw-rtb-spokes",
      transitGatewayId: "tgw-1",
      associated: [`att-${ACCESS}`, `att-${LOB}`],
      propagated: [`att-${HUB}`],
      routes: [],
    },
  ],
  zones: [
    zone("sts.eu-west-1.amazonaws.com", [HUB, ACCESS, LOB], "sts.eu-west-1.amazonaws.com", STS_NAME),
    zone("studio.eu-west-1.sagemaker.aws", [HUB, LOB], "*.studio.eu-west-1.sagemaker.aws", STUDIO_NAME),
  ],
  resolvers: [
    {
      resolverEndpointId: "rslvr-in-1",
      account: "111111111111",
      direction: "INBOUND",
      vpcId: HUB,
      securityGroupIds: ["sg-dns"],
    },
  ],
};

export function tcp(cidr: string, port: number): RuleFact {
  return { protocol: "tcp", fromPort: port, toPort: port, cidrs: [cidr], groupIds: [], prefixListIds: [] };
}

function subnet(vpcId: string, cidr: string): SubnetFact {
  return { subnetId: `subnet-${vpcId}`, vpcId, cidr };
}

function table(
  vpcId: string,
  cidr: string,
  route: NetworkFacts["routeTables"][number]["routes"][number],
): NetworkFacts["routeTables"][number] {
  const routes = [{ destination: cidr, target: "local", blackhole: false }, route];
  return { routeTableId: `rtb-${vpcId}`, vpcId, main: false, subnetIds: [`subnet-${vpcId}`], routes };
}

function endpoint(
  vpcEndpointId: string,
  serviceName: string,
  dnsName: string,
): NetworkFacts["endpoints"][number] {
  return {
    vpcEndpointId,
    vpcId: HUB,
    account: "111111111111",
    type: "Interface",
    serviceName,
    available: true,
    privateDns: false,
    policy: "",
    subnetIds: [`subnet-${HUB}`],
    securityGroupIds: ["sg-endpoints"],
    routeTableIds: [],
    dnsNames: [dnsName],
  };
}

function attachment(vpcId: string): NetworkFacts["attachments"][number] {
  return {
    attachmentId: `att-${vpcId}`,
    transitGatewayId: "tgw-1",
    vpcId,
    state: "available",
    subnetIds: [`subnet-${vpcId}`],
  };
}

function zone(name: string, vpcIds: readonly string[], record: string, alias: string): ZoneFact {
  return {
    zoneId: `Z-${name}`,
    account: "111111111111",
    name,
    vpcIds,
    records: [{ name: record, type: "A", alias, values: [] }],
  };
}
