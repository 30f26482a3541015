import { contextOf, contextWith, created, deleted, planOf, resourceOf, updated } from "../testing/plans";
import { estimateCost } from "./index";
import { PRICES } from "./price-list";

const ENDPOINT = { vpc_endpoint_type: "Interface", subnet_ids: ["subnet-1", "subnet-2"] };

describe("the cost of a plan", () => {
  it("counts an interface endpoint once per subnet, and a gateway endpoint not at all", () => {
    const cost = estimateCost(
      contextWith(
        created("aws_vpc_endpoint", ENDPOINT),
        created("aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" }),
      ),
    );
    expect(cost?.lines).toEqual([
      { stack: "lob-a", what: "2 interface endpoints × subnets more", monthlyChange: 14.6 },
    ]);
  });

  it("falls with removed resources, and sums the stacks", () => {
    const attachment = "aws_ec2_transit_gateway_vpc_attachment";
    const cost = estimateCost(
      contextOf(
        planOf("networking", [deleted("aws_route53_resolver_endpoint", { ip_address: [{}, {}] })]),
        planOf("lob-a", [created(attachment, {})]),
      ),
    );
    expect(cost?.lines.map(({ stack, monthlyChange }) => [stack, monthlyChange])).toEqual([
      ["networking", -182.5],
      ["lob-a", 36.5],
    ]);
    expect(cost?.monthlyChange).toBe(-146);
  });

  it("does not change with replaced and updated resources", () => {
    const gateway = resourceOf({ type: "aws_nat_gateway", kind: "replace", before: {}, after: {} });
    expect(estimateCost(contextWith(gateway, updated("aws_kms_key", {}, { tags: {} })))).toBeUndefined();
  });

  it("counts the subnets that an endpoint gains", () => {
    const more = { ...ENDPOINT, subnet_ids: ["subnet-1", "subnet-2", "subnet-3"] };
    expect(estimateCost(contextWith(updated("aws_vpc_endpoint", ENDPOINT, more)))?.monthlyChange).toBe(7.3);
  });

  it("assumes two subnets and addresses where they are not known yet", () => {
    const unknown = { vpc_endpoint_type: "Interface" };
    expect(estimateCost(contextWith(created("aws_vpc_endpoint", unknown)))?.monthlyChange).toBe(14.6);
    expect(estimateCost(contextWith(created("aws_route53_resolver_endpoint", {})))?.monthlyChange).toBe(
      182.5,
    );
  });

  it("counts the names in a list of the DNS firewall, and says that its queries come on top", () => {
    const domains = Array.from({ length: 200 }, (_, index) => `${index}.example.com.`);
    const cost = estimateCost(
      contextWith(
        created("aws_route53_resolver_firewall_domain_list", { domains }),
        created("aws_route53_resolver_firewall_rule_group_association", {}),
      ),
    );
    expect(cost).toMatchObject({
      monthlyChange: 0.1,
      unpriced: ["aws_route53_resolver_firewall_rule_group_association"],
    });
  });

  it("names the types that are charged by use, and the source of the prices", () => {
    const cost = estimateCost(contextWith(created("aws_dynamodb_table", {}), created("aws_vpc", {})));
    expect(cost).toMatchObject({ monthlyChange: 0, lines: [], unpriced: ["aws_dynamodb_table"] });
    expect(cost?.basis).toContain("us-east-1");
  });

  it("counts a VPC of a Route 53 profile only where a hundred have it already", () => {
    const context = contextWith(created("aws_route53profiles_association", {}));
    expect(estimateCost(context)).toBeUndefined();
    const { config } = context;
    const [lob] = config.linesOfBusiness;
    if (lob === undefined) throw new Error("the sample has no line of business");
    const many = { ...config, linesOfBusiness: Array.from({ length: 101 }, () => lob) };
    expect(estimateCost({ ...context, config: many })).toMatchObject({ monthlyChange: 1.02 });
  });

  it("is undefined for a change that costs nothing", () => {
    expect(estimateCost(contextWith(created("aws_iam_role", {})))).toBeUndefined();
  });

  it("does not count a resource that only leaves the state", () => {
    const left = resourceOf({ type: "aws_eip", kind: "forget", before: {} });
    expect(estimateCost(contextWith(left))).toBeUndefined();
  });

  it("uses the hourly list prices, for 730 hours a month", () => {
    const monthly = (type: string): number => PRICES.get(type)?.monthly ?? 0;
    expect(monthly("aws_nat_gateway")).toBeCloseTo(32.85);
    expect(monthly("aws_eip")).toBeCloseTo(3.65);
  });
});
