import type { EndpointFact, PrefixListFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { blocks, flag, ofType, text, texts } from "./attributes";

export function readEndpoints(resources: readonly ResourceInstance[]): readonly EndpointFact[] {
  return ofType(resources, "aws_vpc_endpoint").map((endpoint) => {
    const id = text(endpoint, "id");
    return {
      vpcEndpointId: id,
      vpcId: text(endpoint, "vpc_id"),
      account: text(endpoint, "owner_id"),
      type: typeOf(text(endpoint, "vpc_endpoint_type")),
      serviceName: text(endpoint, "service_name"),
      available: text(endpoint, "state") === "available",
      privateDns: flag(endpoint, "private_dns_enabled"),
      policy: policyOf(resources, endpoint),
      subnetIds: texts(endpoint, "subnet_ids"),
      securityGroupIds: texts(endpoint, "security_group_ids"),
      routeTableIds: [
        ...texts(endpoint, "route_table_ids"),
        ...separately(resources, "aws_vpc_endpoint_route_table_association", id, "route_table_id"),
      ],
      dnsNames: blocks(endpoint, "dns_entry").map((entry) => text(entry, "dns_name").toLowerCase()),
      domainNames: domainNamesOf(resources, id),
    };
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

function policyOf(resources: readonly ResourceInstance[], endpoint: ResourceInstance): string {
  const separate = ofType(resources, "aws_vpc_endpoint_policy").find(
    (policy) => text(policy, "vpc_endpoint_id") === text(endpoint, "id"),
  );
  return text(separate ?? endpoint, "policy");
}

function separately(
  resources: readonly ResourceInstance[],
  type: string,
  endpointId: string,
  name: string,
): readonly string[] {
  return ofType(resources, type)
    .filter((resource) => text(resource, "vpc_endpoint_id") === endpointId)
    .map((resource) => text(resource, name));
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
  return [...new Map([...gateways, ...looked, ...own].map((list) => [list.prefixListId, list])).values()];
}
