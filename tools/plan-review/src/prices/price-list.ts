import type { Attributes } from "../model";

/** Hours in a month, as AWS's price calculators count. */
const HOURS = 730;

/** The price of one resource of a type, while it exists. */
export interface Price {
  /** For one of them: `interface endpoint, per subnet`. */
  readonly one: string;
  /** For several: `interface endpoints × subnets`. */
  readonly several: string;
  /** US dollars a month for one unit. */
  readonly monthly: number;
  /** Number of units of a resource; 0: free of charge. Default: 1. */
  readonly units?: (attributes: Attributes) => number;
  /** Units of all stacks together that are free, one for each line of business. A plan counts its own once the config has more. */
  readonly included?: number;
}

export const PRICE_BASIS =
  "List prices of us-east-1 in US dollars, without tax, for 730 hours a month, as of 2026-09; other regions differ by some per cent. Charges by use (data, requests, storage) are left out.";

/** Units of one resource that exists. */
export function unitsOf(attributes: Attributes, { units }: Price): number {
  return units === undefined ? 1 : units(attributes);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** Gateway endpoints are free; an interface endpoint costs per subnet. */
function endpointSubnets(attributes: Attributes): number {
  if (attributes["vpc_endpoint_type"] !== "Interface") return 0;
  // New subnets are known only after the apply; an endpoint usually has two.
  return lengthOf(attributes["subnet_ids"]) || 2;
}

/**
 * Prices by resource type.
 *
 * Sources: https://aws.amazon.com/transit-gateway/pricing/, https://aws.amazon.com/privatelink/pricing/,
 * https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/route53/pricing/, https://aws.amazon.com/kms/pricing/,
 * https://aws.amazon.com/secrets-manager/pricing/, https://aws.amazon.com/cloudwatch/pricing/
 */
export const PRICES: ReadonlyMap<string, Price> = new Map([
  [
    "aws_ec2_transit_gateway_vpc_attachment",
    { one: "Transit Gateway attachment", several: "Transit Gateway attachments", monthly: 0.05 * HOURS },
  ],
  [
    "aws_vpc_endpoint",
    {
      one: "interface endpoint in one subnet",
      several: "interface endpoints × subnets",
      monthly: 0.01 * HOURS,
      units: endpointSubnets,
    },
  ],
  ["aws_nat_gateway", { one: "NAT gateway", several: "NAT gateways", monthly: 0.045 * HOURS }],
  ["aws_eip", { one: "public IPv4 address", several: "public IPv4 addresses", monthly: 0.005 * HOURS }],
  [
    "aws_route53_resolver_endpoint",
    {
      one: "resolver address",
      several: "resolver addresses",
      monthly: 0.125 * HOURS,
      units: ({ ip_address: addresses }) => lengthOf(addresses) || 2,
    },
  ],
  ["aws_route53_zone", { one: "hosted zone", several: "hosted zones", monthly: 0.5 }],
  [
    "aws_route53_resolver_firewall_domain_list",
    {
      one: "name in a list of the DNS firewall",
      several: "names in lists of the DNS firewall",
      monthly: 0.0005,
      units: ({ domains }) => lengthOf(domains),
    },
  ],
  [
    "aws_route53profiles_profile",
    {
      one: "Route 53 profile, with 100 VPCs",
      several: "Route 53 profiles, with 100 VPCs",
      monthly: 0.75 * HOURS,
    },
  ],
  [
    "aws_route53profiles_association",
    {
      one: "VPC of a Route 53 profile past 100",
      several: "VPCs of a Route 53 profile past 100",
      monthly: 0.0014 * HOURS,
      included: 100,
    },
  ],
  ["aws_kms_key", { one: "key", several: "keys", monthly: 1 }],
  ["aws_secretsmanager_secret", { one: "secret", several: "secrets", monthly: 0.4 }],
  ["aws_cloudwatch_metric_alarm", { one: "alarm", several: "alarms", monthly: 0.1 }],
]);

/** Types that are charged by use: a plan does not say how much they will cost. */
export const BY_USE: ReadonlySet<string> = new Set([
  "aws_api_gateway_rest_api",
  "aws_cloudwatch_log_group",
  "aws_cognito_user_pool",
  "aws_dynamodb_table",
  "aws_ebs_volume",
  "aws_efs_file_system",
  "aws_instance",
  "aws_lambda_function",
  "aws_nat_gateway",
  // DNS firewall: $0.60 for a million queries. The query log costs what its log group does.
  "aws_route53_resolver_firewall_rule_group_association",
  "aws_s3_bucket",
  "aws_sagemaker_domain",
  "aws_sagemaker_space",
  "aws_vpc_endpoint",
  "aws_ec2_transit_gateway_vpc_attachment",
]);
