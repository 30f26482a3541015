import { resource, synthesized } from "../testing/fake-facts";
import { profileAssociations, quotaNeeds, zoneAssociations } from "./quota-needs";

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

describe("the needs that an account's quotas must cover", () => {
  it("include the VPCs of the stacks and those that the account already has", () => {
    const stacks = synthesized(resource("aws_vpc"), resource("aws_vpc"), resource("aws_vpc", {}, inLob));
    expect(needs(stacks, SHARED, 1)).toEqual({ "VPCs per region": 3 });
    expect(needs(stacks, LOB_A)).toEqual({ "VPCs per region": 1 });
  });

  it("include the interface endpoints of the VPC with the most of them", () => {
    const endpoint = (vpc: string, type: string): ReturnType<typeof resource> =>
      resource("aws_vpc_endpoint", { vpc_id: vpc, vpc_endpoint_type: type });
    const stacks = synthesized(
      ...many(3, () => endpoint("hub", "Interface")),
      endpoint("access", "Interface"),
      ...many(5, () => endpoint("access", "Gateway")),
    );
    expect(needs(stacks, SHARED)).toEqual({ "interface endpoints per VPC": 3 });
  });

  it("include the most rules that any security group has in one direction, per group and stack", () => {
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

  it("include, in the Transit Gateway's account, the attachments of all accounts and the route tables", () => {
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
  it("are its own and one per association, for the zone with the most of them, whichever stack makes them", () => {
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

describe("the VPCs of a Route 53 profile", () => {
  it("are those of every stack", () => {
    const association = resource("aws_route53profiles_association");
    expect(profileAssociations(synthesized(association, { ...association, stack: "lob-b" }))).toBe(2);
  });
});
