import { text } from "../../model/attributes";
import {
  central,
  centralByAssociation,
  domain,
  forwardRules,
  inbound,
  outbound,
  plus,
  profile,
} from "../counts";
import { JUDGED_BY_MATRICES } from "../policies/expected-statements";
import {
  allOwn,
  byAddress,
  inStack,
  named,
  OneOf,
  oneOf,
  own,
  type AttributeContext,
  type Expectation,
  type TypeRules,
} from "../rules";

/** Whether a resource of the access stack is the zone of the company's own name, or a record in it. */
function isOfDomain(address: string): boolean {
  return address.includes(".Domain_");
}

/** Each central service's zone is called as its name is looked up; its record leads to its own endpoint. */
function zoneName({ config, resource, kind, valuesOf, stack }: AttributeContext): string {
  const { region } = config;
  if (kind === "access") {
    if (isOfDomain(resource.address)) return config.access?.domain?.name ?? "";
    const [api] = valuesOf(stack, "aws_api_gateway_rest_api", "id");
    return `${String(api)}.execute-api.${region}.amazonaws.com`;
  }
  const service = /(?:Zone|Record)-([a-z-]+)_/.exec(resource.address)?.[1] ?? "";
  if (service === "studio") return `studio.${region}.sagemaker.aws`;
  return `${service.split("-").reverse().join(".")}.${region}.amazonaws.com`;
}

const recordName: Expectation = (context) => {
  const zone = zoneName(context);
  const below = /Record-(?:studio|ecr-dkr)_/.test(context.resource.address);
  return below ? `*.${zone}` : zone;
};

/** The names of the endpoint that a record is for. */
function target(attribute: "dns_name" | "hosted_zone_id"): Expectation {
  return ({ valuesOf, resource }) => {
    const service = /Record-([a-z-]+)_/.exec(resource.address)?.[1] ?? "execute-api";
    const entries = valuesOf("networking", "aws_vpc_endpoint", "dns_entry", `Endpoint-${service}_`).flat();
    return new OneOf(entries.map((entry) => (entry as Readonly<Record<string, unknown>>)[attribute]));
  };
}

const zoneOfRecord: Expectation = ({ valuesOf, stack, kind, resource: { address } }) => {
  const service = /Record-([a-z-]+)_/.exec(address)?.[1];
  const ofAccess = isOfDomain(address) ? ".Domain_" : ".ApiZone_";
  const part = kind === "access" ? ofAccess : service && `Zone-${service}_`;
  return new OneOf(valuesOf(stack, "aws_route53_zone", "zone_id", part));
};

/** A private zone of the hub's or the API's, by the service in the address of whoever refers to it. */
const anyZone: Expectation = ({ valuesOf, resource: { address } }) => {
  const service = /Zone\w*-([a-z-]+)_/.exec(address)?.[1] ?? "";
  const hub = valuesOf("networking", "aws_route53_zone", "zone_id", `Zone-${service}_`);
  const ofAccess = service === "domain" ? ".Domain_" : ".ApiZone_";
  return new OneOf(hub.length > 0 ? hub : valuesOf("access", "aws_route53_zone", "zone_id", ofAccess));
};

/** The zone of the service in the address of its association with the profile. */
const zoneArn: Expectation = ({ valuesOf, stack, resource: { address } }) => {
  const service = /Zone-([a-z-]+)_/.exec(address)?.[1] ?? "";
  return new OneOf(valuesOf(stack, "aws_route53_zone", "arn", `Zone-${service}_`));
};

/** Private zones, and what resolves names. */
export const NAMES = {
  aws_route53_zone: {
    count: { networking: central, access: plus(1, domain) },
    modelled: "vpc.vpc_id",
    fixed: { name: zoneName, "vpc.vpc_region": ({ config }) => config.region },
    free: { assigned: "zone_id name_servers primary_name_server", "how Terraform deletes": "force_destroy" },
  },
  aws_route53_record: {
    count: { networking: central, access: plus(1, domain) },
    fixed: {
      type: "A",
      name: recordName,
      fqdn: recordName,
      zone_id: zoneOfRecord,
      "alias.name": target("dns_name"),
      "alias.zone_id": target("hosted_zone_id"),
    },
    free: { "how Terraform creates": "allow_overwrite" },
  },
  aws_route53_vpc_association_authorization: {
    count: { lob: centralByAssociation },
    fixed: { vpc_id: own("aws_vpc"), vpc_region: ({ config }) => config.region, zone_id: anyZone },
  },
  aws_route53_zone_association: {
    count: { access: 2, lob: centralByAssociation, "on-premise": plus(3, domain) },
    fixed: {
      vpc_id: own("aws_vpc"),
      vpc_region: ({ config }) => config.region,
      owning_account: ({ config }) => config.sharedServices.id,
      zone_id: anyZone,
    },
  },
  aws_route53profiles_profile: {
    count: { networking: profile },
    fixed: { name: named("zones"), status: "COMPLETE", share_status: oneOf("NOT_SHARED", "SHARED_BY_ME") },
    free: { label: "status_message" },
  },
  aws_route53profiles_resource_association: {
    count: { networking: (stack) => profile(stack) * central(stack) },
    fixed: {
      profile_id: own("aws_route53profiles_profile"),
      resource_arn: zoneArn,
      status: "COMPLETE",
    },
    free: { label: "name status_message", "the ARN says what it is": "resource_type" },
  },
  aws_route53profiles_association: {
    count: { lob: profile },
    fixed: {
      profile_id: inStack("networking", "aws_route53profiles_profile"),
      resource_id: own("aws_vpc"),
      status: "COMPLETE",
    },
    free: { label: "name status_message" },
  },
  aws_route53_resolver_endpoint: {
    count: { networking: plus(inbound, outbound) },
    fixed: {
      direction: byAddress({ inbound: "INBOUND", outbound: "OUTBOUND" }),
      host_vpc_id: own("aws_vpc"),
      name: named("resolver-inbound", "resolver-outbound"),
      security_group_ids: byAddress({
        inbound: allOwn("aws_security_group", "id", "inbound"),
        outbound: allOwn("aws_security_group", "id", "outbound"),
      }),
      "ip_address.subnet_id": own("aws_subnet", "id", "private"),
    },
    free: {
      assigned: "ip_address.ip ip_address.ip_id",
      "plain DNS, or DNS over HTTPS beside it": "protocols",
      "which family; the subnets have IPv4 alone": "resolver_endpoint_type",
    },
  },
  aws_route53_resolver_rule: {
    count: { networking: forwardRules },
    fixed: {
      rule_type: "FORWARD",
      domain_name: ({ config }) =>
        new OneOf(config.network.resolver.outboundRules.map(({ domain }) => domain)),
      resolver_endpoint_id: own("aws_route53_resolver_endpoint", "id", "outbound"),
      "target_ip.ip": ({ config, resource }) =>
        new OneOf(
          config.network.resolver.outboundRules
            .filter(({ domain }) => domain === text(resource, "domain_name"))
            .flatMap(({ targetIps }) => targetIps),
        ),
      "target_ip.port": oneOf(53),
      "target_ip.protocol": oneOf("Do53"),
      share_status: oneOf("NOT_SHARED"),
    },
    free: { label: "name" },
  },
  aws_route53_resolver_rule_association: {
    count: { networking: forwardRules },
    fixed: { vpc_id: own("aws_vpc"), resolver_rule_id: own("aws_route53_resolver_rule") },
    free: { label: "name" },
  },
  aws_route53_resolver_firewall_config: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: { firewall_fail_open: "DISABLED", resource_id: own("aws_vpc") },
  },
  aws_route53_resolver_firewall_domain_list: {
    count: { networking: 2, access: 2, lob: 2 },
    fixed: {
      name: byAddress({ AllNames: named("VPC-dns-all"), AllowedNames: named("VPC-dns-allowed") }),
      domains: byAddress({ AllNames: ["*."], AllowedNames: () => JUDGED_BY_MATRICES }),
    },
  },
  aws_route53_resolver_firewall_rule: {
    count: { networking: 2, access: 2, lob: 2 },
    fixed: {
      name: byAddress({ Allow: named("VPC-dns-allow"), Block: named("VPC-dns-block") }),
      action: byAddress({ Allow: "ALLOW", Block: "BLOCK" }),
      block_response: byAddress({ Block: "NODATA" }),
      priority: byAddress({ Allow: 100, Block: 200 }),
      firewall_domain_list_id: byAddress({
        Allow: own("aws_route53_resolver_firewall_domain_list", "id", "AllowedNames"),
        Block: own("aws_route53_resolver_firewall_domain_list", "id", "AllNames"),
      }),
      firewall_rule_group_id: own("aws_route53_resolver_firewall_rule_group"),
      // What an allowed name leads to counts as allowed with it.
      firewall_domain_redirection_action: byAddress({
        Allow: "TRUST_REDIRECTION_DOMAIN",
        Block: "INSPECT_REDIRECTION_DOMAIN",
      }),
    },
  },
  aws_route53_resolver_firewall_rule_group: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: { name: named("VPC-dns"), share_status: "NOT_SHARED" },
  },
  aws_route53_resolver_firewall_rule_group_association: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: {
      name: named("VPC-dns"),
      vpc_id: own("aws_vpc"),
      priority: 101,
      firewall_rule_group_id: own("aws_route53_resolver_firewall_rule_group"),
    },
    free: { "guards against a deletion by hand": "mutation_protection" },
  },
  aws_route53_resolver_query_log_config: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: {
      name: named("VPC-dns-queries"),
      destination_arn: own("aws_cloudwatch_log_group", "arn", "DnsQueryLog"),
      share_status: "NOT_SHARED",
    },
  },
  aws_route53_resolver_query_log_config_association: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: {
      resource_id: own("aws_vpc"),
      resolver_query_log_config_id: own("aws_route53_resolver_query_log_config"),
    },
  },
} as const satisfies Record<string, TypeRules>;
