import { centralServices, serviceId } from "../../expect/services";
import { text } from "../../model/attributes";
import {
  allOwn,
  byAddress,
  byKind,
  named,
  OneOf,
  oneOf,
  own,
  repeated,
  type AttributeContext,
  type Count,
  type Expectation,
  type Literal,
  type TypeRules,
} from "../rules";
import { statements } from "../statements";

const central: Count = ({ config }) => centralServices(config).length;
const inbound: Count = ({ config }) => (config.network.resolver.inbound ? 1 : 0);
const outbound: Count = ({ config }) => (config.network.resolver.outboundRules.length > 0 ? 1 : 0);
const rules: Count = ({ config }) => config.network.resolver.outboundRules.length;
const bastion: Count = ({ config }) => (config.onPremise?.entry?.kind === "bastion" ? 1 : 0);
const plus =
  (...counts: readonly Count[]): Count =>
  (stack) =>
    counts.reduce<number>((sum, count) => sum + (typeof count === "number" ? count : count(stack)), 0);

/** Networks from which the hub's endpoints take connections. */
function clients({ config: { network } }: AttributeContext): readonly string[] {
  return [network.accessCidr, ...network.lobSupernets, ...network.corporateCidrs];
}

function targets({ config }: Pick<AttributeContext, "config">): readonly string[] {
  const all = config.network.resolver.outboundRules.flatMap(({ targetIps }) => targetIps);
  return [...new Set(all)].map((ip) => `${ip}/32`);
}

/** Ports of a security group's rule by a part of its address; each names what the rule is for. */
const PORTS = {
  Nfs: [2049, 2049],
  Apps: [8192, 65535],
  Dns: [53, 53],
  SshFromOperator: [22, 22],
  DesktopOut: [3389, 3389],
  DesktopIn: [3389, 3389],
  WebOut: [80, 80],
  "": [443, 443],
} as const;

function port(index: 0 | 1): Expectation {
  return byAddress(Object.fromEntries(Object.entries(PORTS).map(([part, ports]) => [part, ports[index]])));
}

const protocol = byAddress({ "-udp": "udp", "": "tcp" });

const ofGroup = byAddress({
  DesktopOut: own("aws_security_group", "id", "Bastion"),
  DesktopIn: own("aws_security_group", "id", "Desktop"),
  SshFromOperator: own("aws_security_group", "id", "Bastion"),
  DnsFrom: own("aws_security_group", "id", "inbound"),
  DnsTo: own("aws_security_group", "id", "outbound"),
  "": own("aws_security_group", "id"),
});

/** Studio's apps among themselves, and remote desktop from the bastion to the client. */
const peerGroup = byAddress({
  Nfs: own("aws_security_group"),
  Apps: own("aws_security_group"),
  DesktopOut: own("aws_security_group", "id", "Desktop"),
  DesktopIn: own("aws_security_group", "id", "Bastion"),
});

/** Each part of a rule in a group is one of a rule of the stack's own. */
function inlineRules(direction: "ingress" | "egress"): Readonly<Record<string, Expectation>> {
  const rule = (attribute: string): Expectation =>
    repeated(own(`aws_vpc_security_group_${direction}_rule`, attribute));
  return {
    [`${direction}.cidr_blocks`]: rule("cidr_ipv4"),
    [`${direction}.from_port`]: rule("from_port"),
    [`${direction}.to_port`]: rule("to_port"),
    [`${direction}.protocol`]: rule("ip_protocol"),
    [`${direction}.prefix_list_ids`]: rule("prefix_list_id"),
    [`${direction}.security_groups`]: rule("referenced_security_group_id"),
    [`${direction}.self`]: repeated(byKind({ lob: true })),
  };
}

function endpointServices({ config: { region }, kind }: AttributeContext): Literal {
  if (kind === "access") return `com.amazonaws.${region}.dynamodb`;
  return `com.amazonaws.${region}.s3`;
}

/** Each central service's zone is called as its name is looked up; its record leads to its own endpoint. */
function zoneName({
  config: { region },
  resource,
  kind,
  valuesOf,
  stack,
}: AttributeContext): OneOf | Literal {
  if (kind === "access")
    return new OneOf(
      valuesOf(stack, "aws_api_gateway_rest_api", "id").map(
        (id) => `${String(id)}.execute-api.${region}.amazonaws.com`,
      ),
    );
  const service = /(?:Zone|Record)-([a-z-]+)_/.exec(resource.address)?.[1] ?? "";
  if (service === "studio") return `studio.${region}.sagemaker.aws`;
  return `${service.split("-").reverse().join(".")}.${region}.amazonaws.com`;
}

function ownList({ resource }: AttributeContext): string {
  return text(resource, "prefix_list_id") || "the list of its service";
}

const recordName: Expectation = (context) => {
  const zone = zoneName(context);
  const below = /Record-(?:studio|ecr-dkr)_/.test(context.resource.address);
  return below ? `*.${String(zone)}` : zone;
};

/** The names of the endpoint that a record is for. */
function target(attribute: "dns_name" | "hosted_zone_id"): Expectation {
  return ({ valuesOf, resource }) => {
    const service = /Record-([a-z-]+)_/.exec(resource.address)?.[1] ?? "execute-api";
    const entries = valuesOf("networking", "aws_vpc_endpoint", "dns_entry", `Endpoint-${service}_`).flat();
    return new OneOf(entries.map((entry) => (entry as Readonly<Record<string, unknown>>)[attribute]));
  };
}

const zoneOfRecord: Expectation = ({ valuesOf, stack, resource: { address } }) => {
  const service = /Record-([a-z-]+)_/.exec(address)?.[1];
  return new OneOf(valuesOf(stack, "aws_route53_zone", "zone_id", service && `Zone-${service}_`));
};

/** A private zone of the hub's or the API's, by the service in the address of whoever refers to it. */
const anyZone: Expectation = ({ valuesOf, resource: { address } }) => {
  const service = /Zone\w*-([a-z-]+)_/.exec(address)?.[1] ?? "";
  const hub = valuesOf("networking", "aws_route53_zone", "zone_id", `Zone-${service}_`);
  return new OneOf(hub.length > 0 ? hub : valuesOf("access", "aws_route53_zone", "zone_id"));
};

export const ENDPOINTS = {
  aws_vpc_endpoint: {
    count: { networking: plus(central, 1), access: 1, lob: 1 },
    modelled: "dns_entry",
    fixed: {
      state: "available",
      // A gateway endpoint has the list of its service's addresses; the security groups name the same one.
      prefix_list_id: byKind({ access: ownList, lob: ownList }),
      vpc_id: own("aws_vpc"),
      vpc_endpoint_type: byKind({ networking: "Interface", access: "Gateway", lob: "Gateway" }),
      service_name: byKind({
        networking: ({ resource, config }) => {
          const service = /Endpoint-([a-z-]+)_/.exec(resource.address)?.[1] ?? "none";
          const names = [`com.amazonaws.${config.region}`, `aws.sagemaker.${config.region}`];
          const name = text(resource, "service_name");
          return serviceId(name) === service && names.some((each) => name.startsWith(`${each}.`))
            ? name
            : `the one of ${service}`;
        },
        access: endpointServices,
        lob: endpointServices,
      }),
      security_group_ids: byKind({ networking: allOwn("aws_security_group", "id", "Endpoints") }),
      subnet_ids: byKind({ networking: allOwn("aws_subnet", "id", "private") }),
      route_table_ids: byKind({
        access: allOwn("aws_route_table", "id", "private"),
        lob: allOwn("aws_route_table", "id", "private"),
      }),
      policy: statements,
    },
    free: {
      assigned: "network_interface_ids cidr_blocks requester_managed",
      "addresses that AWS assigns in the subnets": "subnet_configuration",
      "which family; the subnets have IPv4 alone": "ip_address_type",
      "counts with private DNS alone, which is off": "dns_options",
      "the provider's own region": "service_region",
    },
  },
  aws_security_group: {
    count: {
      networking: plus(1, inbound, outbound),
      access: 1,
      lob: 1,
      "on-premise": plus(1, bastion),
    },
    fixed: {
      vpc_id: own("aws_vpc"),
      // After a refresh the rules that are resources of their own stand here too.
      ...inlineRules("ingress"),
      ...inlineRules("egress"),
    },
    free: {
      label: "name name_prefix ingress.description egress.description",
      "how Terraform deletes": "revoke_rules_on_delete",
    },
  },
  aws_vpc_security_group_ingress_rule: {
    count: {
      networking: ({ config: { network } }) =>
        1 + network.lobSupernets.length + network.corporateCidrs.length * (network.resolver.inbound ? 3 : 1),
      lob: 2,
      "on-premise": plus(bastion, bastion),
    },
    fixed: {
      from_port: port(0),
      to_port: port(1),
      ip_protocol: protocol,
      security_group_id: byAddress({
        TlsFrom: own("aws_security_group", "id", "Endpoints"),
        "": ofGroup,
      }),
      cidr_ipv4: byAddress({
        TlsFrom: (context) => new OneOf(clients(context)),
        DnsFrom: ({ config }) => new OneOf(config.network.corporateCidrs),
        SshFromOperator: ({ config }) =>
          config.onPremise?.entry?.kind === "bastion" ? config.onPremise.entry.operatorCidr : undefined,
      }),
      referenced_security_group_id: peerGroup,
    },
    free: { assigned: "security_group_rule_id" },
  },
  aws_vpc_security_group_egress_rule: {
    count: {
      networking: ({ config }) => 2 * targets({ config }).length,
      access: 2,
      lob: 4,
      "on-premise": plus(2, bastion),
    },
    fixed: {
      from_port: port(0),
      to_port: port(1),
      ip_protocol: protocol,
      security_group_id: byAddress({
        TlsOut: own("aws_security_group", "id", "Desktop"),
        WebOut: own("aws_security_group", "id", "Desktop"),
        "": ofGroup,
      }),
      cidr_ipv4: byAddress({
        TlsToHub: ({ config }) => config.network.hubCidr,
        TlsOut: "0.0.0.0/0",
        WebOut: "0.0.0.0/0",
        DnsTo: (context) => new OneOf(targets(context)),
      }),
      prefix_list_id: byAddress({
        TlsToDynamodb: own("aws_vpc_endpoint", "prefix_list_id"),
        TlsToS3: own("aws_vpc_endpoint", "prefix_list_id"),
      }),
      referenced_security_group_id: peerGroup,
    },
    free: { assigned: "security_group_rule_id" },
  },
  aws_route53_zone: {
    count: { networking: central, access: 1 },
    modelled: "vpc",
    fixed: { name: zoneName },
    free: { assigned: "zone_id name_servers primary_name_server", "how Terraform deletes": "force_destroy" },
  },
  aws_route53_record: {
    count: { networking: central, access: 1 },
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
    count: { lob: central },
    fixed: { vpc_id: own("aws_vpc"), vpc_region: ({ config }) => config.region, zone_id: anyZone },
  },
  aws_route53_zone_association: {
    count: { access: 2, lob: central, "on-premise": 3 },
    fixed: {
      vpc_id: own("aws_vpc"),
      vpc_region: ({ config }) => config.region,
      owning_account: ({ config }) => config.sharedServices.id,
      zone_id: anyZone,
    },
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
    count: { networking: rules },
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
    count: { networking: rules },
    fixed: { vpc_id: own("aws_vpc"), resolver_rule_id: own("aws_route53_resolver_rule") },
    free: { label: "name" },
  },
  aws_route53_resolver_firewall_config: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: { firewall_fail_open: "DISABLED", resource_id: own("aws_vpc") },
  },
  aws_route53_resolver_firewall_domain_list: {
    count: { networking: 2, access: 2, lob: 2 },
    modelled: "domains",
    fixed: { name: named("VPC-dns-all", "VPC-dns-allowed") },
  },
  aws_route53_resolver_firewall_rule: {
    count: { networking: 2, access: 2, lob: 2 },
    fixed: {
      name: named("VPC-dns-allow", "VPC-dns-block"),
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
