import type { NetworkPlace } from "./place";
import { ACCESS, exampleNetwork as facts, HUB, LOB, tcp } from "./testing/example-network";
import type { NetworkFacts } from "./facts";
import { reach, type Reach, type Source } from "./reach";
import { sourceOf } from "./vantage";

const STS = "sts.eu-west-1.amazonaws.com";
const STUDIO = "d-abc.studio.eu-west-1.sagemaker.aws";

const place: NetworkPlace = {
  account: "111111111111",
  vpcId: ACCESS,
  subnetIds: [`subnet-${ACCESS}`],
  securityGroupIds: ["sg-function"],
  name: "function access-presign",
};
const presign: Source = { kind: "vpc", place, subnets: "all" };

function refusal(answer: Reach): string {
  return answer.reached ? "reached" : `${answer.kind} ${answer.hop}: ${answer.reason}`;
}

describe("a function in a spoke", () => {
  it("reaches a central endpoint over the Transit Gateway, and its call carries that endpoint and its own address", () => {
    const answer = reach(facts, presign, STS);
    expect(answer).toMatchObject({ reached: true, endpoint: { vpcEndpointId: "vpce-0a1", vpcId: HUB } });
    expect(answer.reached && answer.endpoint?.sourceIp).toMatch(/^10\.1\.1\.\d+$/);
    expect(answer.reached && answer.hops.join(" ")).toContain("tgw-rtb-spokes");
  });

  it("cannot reach a service whose zone is not associated with its VPC", () => {
    expect(refusal(reach(facts, presign, "api.sagemaker.eu-west-1.amazonaws.com"))).toBe(
      "no_way vpc-access: no private zone for that name is associated with vpc-access; the name resolves to a public address " +
        "and vpc-access has no route there (no route to the internet from subnet-vpc-access)",
    );
  });

  it("does not fall back to the public name where a zone matches but has no record", () => {
    const zones = facts.zones.map((zone) => ({ ...zone, records: [] }));
    expect(refusal(reach({ ...facts, zones }, presign, STS))).toContain(
      "has no record for sts.eu-west-1.amazonaws.com",
    );
  });

  it.each<[string, Partial<NetworkFacts>, string]>([
    ["no route to the hub", { routeTables: withRoutes(ACCESS, []) }, "no route to 10.0.1."],
    ["no route back from the hub", { routeTables: withRoutes(HUB, []) }, "no way back from vpce-0a1"],
    [
      "no attachment",
      { attachments: facts.attachments.filter((one) => one.vpcId !== ACCESS) },
      "vpc-access is not attached to it",
    ],
    [
      "an attachment that was not accepted",
      {
        attachments: facts.attachments.map((one) =>
          one.vpcId === ACCESS ? { ...one, state: "pendingAcceptance" } : one,
        ),
      },
      "the attachment of vpc-access is pendingAcceptance",
    ],
    [
      "no association with a table",
      { transitRouteTables: transit({ associated: [] }) },
      "associated with no Transit Gateway route table",
    ],
    [
      "no propagation into the table",
      { transitRouteTables: transit({ propagated: [] }) },
      "has no route to 10.0.1.",
    ],
    [
      "an endpoint whose security group admits other addresses only",
      { securityGroups: withIngress("10.9.0.0/16") },
      "does not allow TCP 443 from 10.1.1.",
    ],
    [
      "its own security group without an outbound rule",
      { securityGroups: withoutEgress() },
      "outbound rules do not allow TCP 443",
    ],
    [
      "an endpoint that is not available",
      { endpoints: facts.endpoints.map((one) => ({ ...one, available: false })) },
      "not available",
    ],
  ])("is stopped by %s", (_, change, reason) => {
    expect(refusal(reach({ ...facts, ...change }, presign, STS))).toContain(reason);
  });

  it("is stopped where a record points at another service's endpoint", () => {
    const alias = facts.endpoints[1]!.dnsNames[0]!;
    const zones = facts.zones.map((zone) => ({
      ...zone,
      records: zone.records.map((record) => ({ ...record, alias })),
    }));
    expect(refusal(reach({ ...facts, zones }, presign, STS))).toContain(
      "it serves aws.sagemaker.eu-west-1.studio",
    );
  });

  it("arrives by a name of API Gateway's that the endpoint has an access association with, and by no other", () => {
    const [endpoint, ...others] = facts.endpoints;
    const [zone] = facts.zones;
    const own = (name: string): typeof zone => ({
      ...zone!,
      name,
      records: zone!.records.map((record) => ({ ...record, name, alias: endpoint!.dnsNames[0]! })),
    });
    const zones = [own("studio.corp.example.com"), own("other.corp.example.com")].flatMap(
      (each) => each ?? [],
    );
    const endpoints = [{ ...endpoint!, domainNames: ["studio.corp.example.com"] }, ...others];
    const by = (host: string): ReturnType<typeof reach> =>
      reach({ ...facts, zones, endpoints }, presign, host);
    expect(by("studio.corp.example.com")).toMatchObject({ reached: true });
    expect(refusal(by("other.corp.example.com"))).toContain("but it serves");
  });

  it("is stopped if one of its subnets has no route, since Lambda can run it in any of them", () => {
    const subnets = [...facts.subnets, { subnetId: "subnet-lost", vpcId: ACCESS, cidr: "10.1.9.0/24" }];
    const both: Source = {
      kind: "vpc",
      place: { ...place, subnetIds: [...place.subnetIds, "subnet-lost"] },
      subnets: "all",
    };
    expect(refusal(reach({ ...facts, subnets }, both, STS))).toBe(
      "no_way subnet-lost: the subnet has no route table",
    );
  });
});

describe("a gateway endpoint", () => {
  const gateway = {
    ...facts.endpoints[0]!,
    vpcEndpointId: "vpce-0dd",
    vpcId: ACCESS,
    type: "Gateway" as const,
    serviceName: "com.amazonaws.eu-west-1.dynamodb",
    routeTableIds: [`rtb-${ACCESS}`],
  };
  const withGateway: NetworkFacts = {
    ...facts,
    endpoints: [...facts.endpoints, gateway],
    prefixLists: [{ prefixListId: "pl-1", name: gateway.serviceName, cidrs: [] }],
  };
  const DYNAMODB = "dynamodb.eu-west-1.amazonaws.com";

  it("serves the subnets whose route table it is in", () => {
    expect(reach(withGateway, presign, DYNAMODB)).toMatchObject({
      reached: true,
      endpoint: { vpcEndpointId: "vpce-0dd", vpcId: ACCESS },
    });
  });

  it("does not serve a table that it is not in", () => {
    const endpoints = [{ ...gateway, routeTableIds: ["rtb-other"] }];
    expect(reach({ ...facts, endpoints }, presign, DYNAMODB).reached).toBe(false);
  });

  it.each([
    ["pl-1", true],
    ["pl-2", false],
  ])("is allowed by an outbound rule for the prefix list %s: %s", (prefixListId, allowed) => {
    const rule = { ...tcp("10.0.0.0/8", 443), prefixListIds: [prefixListId] };
    const securityGroups = withGateway.securityGroups.map((group) =>
      group.groupId === "sg-function" ? { ...group, egress: [rule] } : group,
    );
    expect(reach({ ...withGateway, securityGroups }, presign, DYNAMODB).reached).toBe(allowed);
  });
});

describe("vantages", () => {
  it("a LOB's VPC reaches Studio through the central endpoint", () => {
    expect(reach(facts, sourceOf(facts, "lob-a"), STUDIO)).toMatchObject({
      reached: true,
      endpoint: { vpcEndpointId: "vpce-0a2" },
    });
  });

  it("the access VPC does not: that zone is not associated with it", () => {
    expect(reach(facts, sourceOf(facts, "access"), STUDIO).reached).toBe(false);
  });

  it("from the internet a name is reached at its public address, through no endpoint", () => {
    expect(reach(facts, { kind: "internet" }, STUDIO)).toMatchObject({ reached: true, endpoint: undefined });
  });

  it("the internet cannot reach an endpoint's private address", () => {
    expect(
      reach(facts, { kind: "internet" }, "api1-vpce-0a1.execute-api.eu-west-1.amazonaws.com").reached,
    ).toBe(false);
  });

  it("without an on-premise VPC, on-premise is the corporate network that the hub's resolver admits", () => {
    const answer = reach(facts, sourceOf(facts, "on-premise"), STUDIO);
    expect(answer.reached && answer.endpoint?.sourceIp).toMatch(/^10\.200\./);
  });

  it("with a VPC of that name, on-premise is that VPC", () => {
    const vpcs = facts.vpcs.map((vpc) => (vpc.vpcId === LOB ? { ...vpc, stack: "on-premise" } : vpc));
    expect(sourceOf({ ...facts, vpcs }, "on-premise")).toMatchObject({ kind: "vpc", place: { vpcId: LOB } });
  });

  it("an unknown vantage is refused with the names of those that exist", () => {
    expect(() => sourceOf(facts, "lob-z")).toThrow(
      'unknown vantage "lob-z": use one of on-premise, networking, access, lob-a, internet',
    );
  });

  it("a machine behind a NAT gateway reaches public names", () => {
    const nat = [{ destination: "0.0.0.0/0", target: "nat-1", blackhole: false }];
    const answer = reach(
      { ...facts, routeTables: withRoutes(ACCESS, nat) },
      sourceOf(facts, "access"),
      STUDIO,
    );
    expect(answer).toMatchObject({ reached: true, endpoint: undefined });
  });

  it("a peering leads to the other VPC and no further", () => {
    const peerings = [{ peeringId: "pcx-1", active: true, vpcIds: [LOB, ACCESS] }];
    const routeTables = withRoutes(LOB, [{ destination: "10.0.0.0/8", target: "pcx-1", blackhole: false }]);
    expect(refusal(reach({ ...facts, peerings, routeTables }, sourceOf(facts, "lob-a"), STS))).toContain(
      "the peering does not lead to vpc-hub",
    );
  });
});

function withRoutes(
  vpcId: string,
  routes: NetworkFacts["routeTables"][number]["routes"],
): NetworkFacts["routeTables"] {
  return facts.routeTables.map((table) =>
    table.vpcId === vpcId ? { ...table, routes: [table.routes[0]!, ...routes] } : table,
  );
}

function transit(
  change: Partial<NetworkFacts["transitRouteTables"][number]>,
): NetworkFacts["transitRouteTables"] {
  return facts.transitRouteTables.map((table) =>
    table.routeTableId === "tgw-rtb-spokes" ? { ...table, ...change } : table,
  );
}

function withIngress(cidr: string): NetworkFacts["securityGroups"] {
  return facts.securityGroups.map((group) =>
    group.groupId === "sg-endpoints" ? { ...group, ingress: [tcp(cidr, 443)] } : group,
  );
}

function withoutEgress(): NetworkFacts["securityGroups"] {
  return facts.securityGroups.map((group) =>
    group.groupId === "sg-function" ? { ...group, egress: [] } : group,
  );
}
