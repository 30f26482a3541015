import { monthlyCost, type PricedResource } from "./monthly-cost";

function resource(stack: string, type: string, body: PricedResource["body"] = {}): PricedResource {
  return { stack, type, body };
}

describe("the monthly cost", () => {
  it("has a line per stack and type, and their sum", () => {
    const endpoint = { vpc_endpoint_type: "Interface", subnet_ids: ["${a}", "${b}"] };
    const { monthly, lines } = monthlyCost([
      resource("networking", "aws_vpc_endpoint", endpoint),
      resource("networking", "aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" }),
      resource("networking", "aws_route53_zone"),
      resource("lob-a", "aws_route53_zone"),
      resource("lob-a", "aws_route53_zone"),
    ]);
    expect(lines).toEqual([
      { stack: "networking", what: "2 interface endpoints × subnets", monthly: 14.6 },
      { stack: "networking", what: "1 hosted zone", monthly: 0.5 },
      { stack: "lob-a", what: "2 hosted zones", monthly: 1 },
    ]);
    expect(monthly).toBe(16.1);
  });

  it("counts the VPCs of a Route 53 profile from the 101st on, wherever they are", () => {
    const { monthly, lines } = monthlyCost([
      resource("networking", "aws_route53profiles_profile"),
      ...Array.from({ length: 102 }, (_, lob) => resource(`lob-${lob}`, "aws_route53profiles_association")),
    ]);
    const past = "1 VPC of a Route 53 profile past 100";
    expect(lines).toEqual([
      { stack: "networking", what: "1 Route 53 profile, with 100 VPCs", monthly: 547.5 },
      { stack: "lob-100", what: past, monthly: 1.02 },
      { stack: "lob-101", what: past, monthly: 1.02 },
    ]);
    expect(monthly).toBe(549.54);
  });

  it("names what is charged by use, and so not counted", () => {
    const cost = monthlyCost([
      resource("access", "aws_lambda_function"),
      resource("access", "aws_dynamodb_table"),
      resource("access", "aws_iam_role"),
    ]);
    expect(cost).toMatchObject({
      monthly: 0,
      lines: [],
      byUse: ["aws_dynamodb_table", "aws_lambda_function"],
    });
  });
});
