import type { EndpointFact, PrefixListFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { groupBy } from "../matrices/matrix";
import { blocks, byText, flag, ofType, text, texts } from "./attributes";

export function readEndpoints(resources: readonly ResourceInstance[]): readonly EndpointFact[] {
  const policies = byText(resources, "aws_vpc_endpoint_policy", "vpc_endpoint_id");
  const links = byText(resources, "aws_vpc_endpoint_route_table_association", "vpc_endpoint_id");
  return ofType(resources, "aws_vpc_endpoint").flatMap((endpoint) => {
    const id = text(endpoint, "id");
    const separate = policies(id);
    // Which of several policies AWS has in the end is not known: each makes an endpoint of its own, so that all are judged.
    return (separate.length === 0 ? [endpoint] : separate).map((policy) => ({
      vpcEndpointId: id,
      vpcId: text(endpoint, "vpc_id"),
      account: text(endpoint, "owner_id"),
      type: typeOf(text(endpoint, "vpc_endpoint_type")),
      serviceName: text(endpoint, "service_name"),
      available: text(endpoint, "state") === "available",
      privateDns: flag(endpoint, "private_dns_enabled"),
      policy: text(policy, "policy"),
      subnetIds: texts(endpoint, "subnet_ids"),
      securityGroupIds: texts(endpoint, "security_group_ids"),
      routeTableIds: [
        ...texts(endpoint, "route_table_ids"),
        ...links(id).map((link) => text(link, "route_table_id")),
      ],
      dnsNames: blocks(endpoint, "dns_entry").map((entry) => text(entry, "dns_name").toLowerCase()),
      domainNames: domainNamesOf(resources, id),
    }));
  });
}

/** The private custom domain names that an access association leads to. */
function domainNamesOf(resources: readonly ResourceInstance[], endpointId: string): readonly string[] {
  const arns = ofType(resources, "aws_api_gateway_domain_name_access_association")
    .filter((association) => text(association, "access_association_source") === endpointId)
    .map((association) => text(association, "domain_name_arn"));
  return ofType(resources, "aws_api_gateway_domain_name")
    .filter((domain) => arns.includes(text(domain, "arn")))
    .map((domain) => text(domain, "domain_name").toLowerCase());
}

function typeOf(type: string): EndpointFact["type"] {
  return type === "Interface" || type === "Gateway" ? type : "other";
}

/** AWS managed prefix lists, which data sources and gateway endpoints name, and customer managed ones with their entries. */
export function readPrefixLists(resources: readonly ResourceInstance[]): readonly PrefixListFact[] {
  const looked = ofType(resources, "aws_prefix_list").map((list) => ({
    prefixListId: text(list, "id"),
    name: text(list, "name"),
    cidrs: [],
  }));
  const gateways = ofType(resources, "aws_vpc_endpoint")
    .filter((endpoint) => text(endpoint, "prefix_list_id") !== "")
    .map((endpoint) => ({
      prefixListId: text(endpoint, "prefix_list_id"),
      name: text(endpoint, "service_name"),
      cidrs: [],
    }));
  const own = ofType(resources, "aws_ec2_managed_prefix_list").map((list) => ({
    prefixListId: text(list, "id"),
    name: text(list, "name"),
    cidrs: blocks(list, "entry").map((entry) => text(entry, "cidr")),
  }));
  // Of several lists with one id the entries of all count.
  return [...groupBy([...gateways, ...looked, ...own], ({ prefixListId }) => prefixListId)].map(
    ([prefixListId, lists]) => ({
      prefixListId,
      name: lists.at(-1)?.name ?? "",
      cidrs: [...new Set(lists.flatMap(({ cidrs }: PrefixListFact) => cidrs))],
    }),
  );
}
