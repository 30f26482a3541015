import { resource, synthesized } from "../testing/fake-facts";
import { quotaNeeds, zoneAssociations } from "./quota-needs";

const SHARED = "111111111111";
const LOB_A = "222222222222";
const inLob = { stack: "lob-a", accountId: LOB_A };

function many(
  count: number,
  make: (index: number) => ReturnType<typeof resource>,
): ReturnType<typeof resource>[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function needs(
  stacks: ReturnType<typeof synthesized>,
  account: string,
  otherVpcs = 0,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    quotaNeeds(stacks, account, otherVpcs).map(({ quota, need }) => [quota.name, need]),
  );
}

describe("what an account's quotas must hold", () => {
  it("are its own VPCs, with those that it has already", () => {
    const stacks = synthesized(resource("aws_vpc"), resource("aws_vpc"), resource("aws_vpc", {}, inLob));
    expect(needs(stacks, SHARED, 1)).toEqual({ "VPCs per region": 3 });
    expect(needs(stacks, LOB_A)).toEqual({ "VPCs per region": 1 });
  });

  it("are the interface endpoints of the VPC that has most", () => {
    const endpoint = (vpc: string, type: string): ReturnType<typeof resource> =>
      resource("aws_vpc_endpoint", { vpc_id: vpc, vpc_endpoint_type: type });
    const stacks = synthesized(
      ...many(3, () => endpoint("hub", "Interface")),
      endpoint("access", "Interface"),
      ...many(5, () => endpoint("access", "Gateway")),
    );
    expect(needs(stacks, SHARED)).toEqual({ "interface endpoints per VPC": 3 });
  });

  it("are the rules of the security group that has most in one way, group by group and stack by stack", () => {
    const rule = (way: string, stack: string): ReturnType<typeof resource> =>
      resource(
        `aws_vpc_security_group_${way}_rule`,
        { security_group_id: "${aws_security_group.G.id}" },
        { stack },
      );
    const stacks = synthesized(
      ...many(4, () => rule("ingress", "networking")),
      ...many(3, () => rule("egress", "networking")),
      ...many(2, () => rule("ingress", "access")),
    );
    expect(needs(stacks, SHARED)).toEqual({ "rules of a security group, one way": 4 });
  });

  it("are, where the Transit Gateway is, the attachments of all accounts and its route tables", () => {
    const stacks = synthesized(
      resource("aws_ec2_transit_gateway"),
      ...many(2, () => resource("aws_ec2_transit_gateway_route_table")),
      resource("aws_ec2_transit_gateway_vpc_attachment"),
      resource("aws_ec2_transit_gateway_vpc_attachment", {}, inLob),
    );
    expect(needs(stacks, SHARED)).toEqual({
      "attachments per Transit Gateway": 2,
      "route tables per Transit Gateway": 2,
    });
    expect(needs(stacks, LOB_A)).toEqual({});
  });
});

describe("the VPCs of a private zone", () => {
  it("are its own and one per association of the zone that has most, whichever stack makes it", () => {
    const association = (path: string): ReturnType<typeof resource> =>
      resource("aws_route53_zone_association", {}, { path });
    const stacks = synthesized(
      association("access/Zone-sts"),
      association("lob-a/HubHandshake/Zone-sts"),
      association("lob-b/HubHandshake/Zone-sts"),
      association("lob-a/HubHandshake/Zone-logs"),
    );
    expect(zoneAssociations(stacks)).toBe(4);
    expect(zoneAssociations(synthesized())).toBe(1);
  });
});
