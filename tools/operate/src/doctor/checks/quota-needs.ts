import { text, type PlacedResource } from "../../environment/placed-resources";
import { largestGroup, ofType, type Synthesized } from "../synthesized";

/** A quota of Service Quotas. */
export interface Quota {
  readonly service: string;
  readonly code: string;
  readonly name: string;
}

export interface QuotaNeed {
  readonly quota: Quota;
  readonly need: number;
}

/**
 * The codes are in the links of https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html and
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html
 */
export const VPCS: Quota = { service: "vpc", code: "L-F678F1CE", name: "VPCs per region" };
const ENDPOINTS: Quota = { service: "vpc", code: "L-29B6F2EB", name: "interface endpoints per VPC" };
const RULES: Quota = { service: "vpc", code: "L-0EA8095F", name: "rules of a security group, one way" };
const ATTACHMENTS: Quota = { service: "ec2", code: "L-E0233F82", name: "attachments per Transit Gateway" };
const ROUTE_TABLES: Quota = { service: "ec2", code: "L-43872EB7", name: "route tables per Transit Gateway" };

/**
 * What all stacks together need of an account's quotas.
 *
 * @param otherVpcs number of VPCs in the account that these stacks do not manage
 */
export function quotaNeeds(
  synthesized: Synthesized,
  accountId: string,
  otherVpcs: number,
): readonly QuotaNeed[] {
  const own = (type: string): PlacedResource[] =>
    ofType(synthesized, type).filter((resource) => resource.accountId === accountId);
  const interfaces = own("aws_vpc_endpoint").filter(
    (endpoint) => text(endpoint, "vpc_endpoint_type") === "Interface",
  );
  const rules = ["ingress", "egress"].flatMap((way) => own(`aws_vpc_security_group_${way}_rule`));
  const hasGateway = own("aws_ec2_transit_gateway").length > 0;
  const needs: readonly QuotaNeed[] = [
    { quota: VPCS, need: own("aws_vpc").length + otherVpcs },
    { quota: ENDPOINTS, need: largestGroup(interfaces, within("vpc_id")) },
    { quota: RULES, need: largestGroup(rules, within("security_group_id")) },
    // Attachments count in the gateway's account, whichever account owns the VPC.
    {
      quota: ATTACHMENTS,
      need: hasGateway ? ofType(synthesized, "aws_ec2_transit_gateway_vpc_attachment").length : 0,
    },
    { quota: ROUTE_TABLES, need: own("aws_ec2_transit_gateway_route_table").length },
  ];
  return needs.filter(({ need }) => need > 0);
}

/**
 * The most VPCs that any private hosted zone is associated with: its own, and one per association. The last part of the
 * association's path, `Zone-sts`, identifies the zone, since other stacks hold only a reference to it.
 */
export function zoneAssociations(synthesized: Synthesized): number {
  const associations = ofType(synthesized, "aws_route53_zone_association");
  return 1 + largestGroup(associations, ({ path }) => path.split("/").at(-1) ?? "");
}

/** VPCs of the Route 53 Profile that shares the zones. */
export function profileAssociations(synthesized: Synthesized): number {
  return ofType(synthesized, "aws_route53profiles_association").length;
}

/** The same reference means different resources in different stacks, so the key includes the stack. */
function within(attribute: string): (resource: PlacedResource) => string {
  return (resource) => `${resource.stack} ${resource.type} ${text(resource, attribute)}`;
}
