import { serviceId } from "../../expect/services";
import { blocks, text } from "../../model/attributes";
import { bastion, central, inbound, outbound, plus } from "../counts";
import {
  allOwn,
  byAddress,
  byKind,
  OneOf,
  own,
  repeated,
  type AttributeContext,
  type Expectation,
  type Literal,
  type TypeRules,
} from "../rules";
import { statements } from "../statements";

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

/** The names of an endpoint begin with its id. */
function ownNames({ resource }: AttributeContext): OneOf {
  const names = blocks(resource, "dns_entry").map((entry) => text(entry, "dns_name"));
  return new OneOf(names.filter((name) => name.startsWith(`${text(resource, "id")}-`)));
}

/** AWS assigns them: the records of the hub's zones must name the same ones. */
function ownZones({ resource }: AttributeContext): OneOf {
  return new OneOf(blocks(resource, "dns_entry").map((entry) => text(entry, "hosted_zone_id")));
}

function ownList({ resource }: AttributeContext): string {
  return text(resource, "prefix_list_id") || "the list of its service";
}

export const ENDPOINTS = {
  aws_vpc_endpoint: {
    count: { networking: plus(central, 1), access: 1, lob: 1 },
    fixed: {
      state: "available",
      // A gateway endpoint has the list of its service's addresses; the security groups name the same one.
      "dns_entry.dns_name": byKind({ networking: ownNames }),
      "dns_entry.hosted_zone_id": byKind({ networking: ownZones }),
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
      service_region: repeated(({ config }) => config.region),
    },
    free: {
      assigned: "network_interface_ids cidr_blocks requester_managed",
      "addresses that AWS assigns in the subnets": "subnet_configuration",
      "which family; the subnets have IPv4 alone": "ip_address_type",
      "counts with private DNS alone, which is off": "dns_options",
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
} as const satisfies Record<string, TypeRules>;
