import { normalName, type ResolverFact, type ResolverRuleFact, type ZoneFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { blocks, byText, ofType, text, texts } from "./attributes";

/** The hosted zones, each with the VPCs that it is associated with, and those that have it by a Route 53 Profile. */
export function readZones(resources: readonly ResourceInstance[]): readonly ZoneFact[] {
  const records = byText(resources, "aws_route53_record", "zone_id");
  const associations = byText(resources, "aws_route53_zone_association", "zone_id");
  const inProfiles = byText(resources, "aws_route53profiles_resource_association", "resource_arn");
  const profileVpcs = byText(resources, "aws_route53profiles_association", "profile_id");
  return ofType(resources, "aws_route53_zone").map((zone) => {
    const zoneId = text(zone, "zone_id");
    const own = blocks(zone, "vpc").map((vpc) => text(vpc, "vpc_id"));
    const associated = associations(zoneId).map((association) => text(association, "vpc_id"));
    return {
      zoneId,
      account: "",
      name: normalName(text(zone, "name")),
      vpcIds: [...new Set([...own, ...associated])],
      profileVpcIds: inProfiles(text(zone, "arn"))
        .flatMap((inProfile) => profileVpcs(text(inProfile, "profile_id")))
        .map((association) => text(association, "resource_id")),
      records: records(zoneId).flatMap((record) => {
        const aliases = blocks(record, "alias").map((alias) => normalName(text(alias, "name")));
        return (aliases.length === 0 ? [undefined] : aliases).map((alias) => ({
          name: normalName(text(record, "fqdn") || text(record, "name")),
          type: text(record, "type"),
          alias,
          values: texts(record, "records"),
        }));
      }),
    };
  });
}

export function readResolvers(resources: readonly ResourceInstance[]): readonly ResolverFact[] {
  return ofType(resources, "aws_route53_resolver_endpoint").map((endpoint) => ({
    resolverEndpointId: text(endpoint, "id"),
    account: text(endpoint, "arn").split(":")[4] ?? "",
    direction: text(endpoint, "direction") === "OUTBOUND" ? "OUTBOUND" : "INBOUND",
    vpcId: text(endpoint, "host_vpc_id"),
    securityGroupIds: texts(endpoint, "security_group_ids"),
  }));
}

/** The rules by which a VPC's resolver asks elsewhere, each with the VPCs that it is associated with. */
export function readResolverRules(resources: readonly ResourceInstance[]): readonly ResolverRuleFact[] {
  const associations = ofType(resources, "aws_route53_resolver_rule_association");
  return ofType(resources, "aws_route53_resolver_rule").map((rule) => ({
    ruleId: text(rule, "id"),
    type: text(rule, "rule_type") === "SYSTEM" ? "SYSTEM" : "FORWARD",
    domain: normalName(text(rule, "domain_name")),
    vpcIds: associations
      .filter((association) => text(association, "resolver_rule_id") === text(rule, "id"))
      .map((association) => text(association, "vpc_id")),
  }));
}
