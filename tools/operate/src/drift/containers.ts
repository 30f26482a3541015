import type { ImportId } from "./assessment";

type Values = Readonly<Record<string, unknown>>;

/**
 * A resource with a list whose entries are also resources of their own, such as a security group with its rules.
 * Terraform shows no difference for an entry that it did not create.
 */
export interface Container {
  readonly type: string;
  readonly attribute: string;
  /** Attribute with the value that its entries refer to. */
  readonly identity: string;
  /** The entries, each as a text that equals the text of the resource that creates it. */
  readonly entries: (values: Values) => readonly string[];
  readonly part: {
    readonly type: string;
    /** Attribute that holds the container's identity. */
    readonly of: string;
    readonly entry: (values: Values) => string;
  };
  /** Command of the AWS CLI that removes an entry. */
  readonly removal: (identity: string, entry: string) => string;
  /** What Terraform imports an entry by, in place of a resource of the type of `part`. */
  readonly importId: (identity: string, entry: string) => ImportId;
}

export const CONTAINERS: readonly Container[] = [
  securityGroupRules("ingress"),
  securityGroupRules("egress"),
  {
    type: "aws_iam_role",
    attribute: "inline_policy",
    identity: "name",
    entries: (values) => objects(values["inline_policy"]).map(({ name }) => text(name)),
    part: { type: "aws_iam_role_policy", of: "role", entry: ({ name }) => text(name) },
    removal: (role, name) => `aws iam delete-role-policy --role-name ${role} --policy-name ${name}`,
    importId: (role, name) => ({ id: `${role}:${name}` }),
  },
  {
    type: "aws_iam_role",
    attribute: "managed_policy_arns",
    identity: "name",
    entries: (values) => texts(values["managed_policy_arns"]),
    part: {
      type: "aws_iam_role_policy_attachment",
      of: "role",
      entry: ({ policy_arn: arn }) => text(arn),
    },
    removal: (role, arn) => `aws iam detach-role-policy --role-name ${role} --policy-arn ${arn}`,
    importId: (role, arn) => ({ id: `${role}/${arn}` }),
  },
  {
    type: "aws_route_table",
    attribute: "route",
    identity: "id",
    entries: (values) =>
      objects(values["route"]).map(
        (route) =>
          text(route["cidr_block"]) ||
          text(route["ipv6_cidr_block"]) ||
          text(route["destination_prefix_list_id"]),
      ),
    part: {
      type: "aws_route",
      of: "route_table_id",
      entry: (values) =>
        text(values["destination_cidr_block"]) ||
        text(values["destination_ipv6_cidr_block"]) ||
        text(values["destination_prefix_list_id"]),
    },
    removal: (table, destination) =>
      `aws ec2 delete-route --route-table-id ${table} ${destinationOption(destination)} ${destination}`,
    importId: (table, destination) => ({ id: `${table}_${destination}` }),
  },
];

function securityGroupRules(attribute: "ingress" | "egress"): Container {
  return {
    type: "aws_security_group",
    attribute,
    identity: "id",
    entries: (values) => objects(values[attribute]).flatMap((rule) => rulesIn(rule, text(values["id"]))),
    part: {
      type: `aws_vpc_security_group_${attribute}_rule`,
      of: "security_group_id",
      entry: (values) =>
        rule(
          values["ip_protocol"],
          values["from_port"],
          values["to_port"],
          text(values["cidr_ipv4"]) ||
            text(values["cidr_ipv6"]) ||
            text(values["prefix_list_id"]) ||
            text(values["referenced_security_group_id"]),
        ),
    },
    removal: (group, entry) =>
      `aws ec2 revoke-security-group-${attribute} --group-id ${group} --ip-permissions '${permissionOf(entry)}'`,
    // The group's list leaves the rule's own id out.
    importId: (group, entry) => ({
      idCommand:
        `aws ec2 describe-security-group-rules --filters Name=group-id,Values=${group} ` +
        `--query "SecurityGroupRules[?${conditionOf(attribute, entry)}].SecurityGroupRuleId" --output text`,
    }),
  };
}

/** A rule in the AWS CLI's shorthand. */
function permissionOf(entry: string): string {
  const { protocol, from, to, peer } = partsOf(entry);
  const ports = from === undefined ? "" : `,FromPort=${from},ToPort=${to}`;
  return `IpProtocol=${protocol}${ports},${peerOf(peer)}`;
}

/** A rule as a condition of JMESPath. Numbers are compared as texts, since their own notation is one of the shell's. */
function conditionOf(attribute: "ingress" | "egress", entry: string): string {
  const { protocol, from, to, peer } = partsOf(entry);
  const conditions = [
    `to_string(IsEgress)=='${attribute === "egress"}'`,
    `IpProtocol=='${protocol}'`,
    ...(from === undefined ? [] : [`to_string(FromPort)=='${from}'`, `to_string(ToPort)=='${to}'`]),
    `${peerFieldOf(peer)}=='${peer}'`,
  ];
  return conditions.join(" && ");
}

interface RuleParts {
  /** As AWS writes it: -1 for all. */
  readonly protocol: string;
  /** Undefined for all traffic. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly peer: string;
}

/** The parts of a rule's text, see {@link rule}. */
function partsOf(entry: string): RuleParts {
  const [protocol = "", ...more] = entry.split(" ");
  // The ports of ICMP may be negative: `-1--1`.
  const [, from, to] = /^(-?\d+)-(-?\d+)$/.exec(more[0] ?? "") ?? [];
  return { protocol: protocol === "all" ? "-1" : protocol, from, to, peer: more.at(-1) ?? "" };
}

function peerOf(peer: string): string {
  if (peer.startsWith("sg-")) return `UserIdGroupPairs=[{GroupId=${peer}}]`;
  if (peer.startsWith("pl-")) return `PrefixListIds=[{PrefixListId=${peer}}]`;
  return peer.includes(":") ? `Ipv6Ranges=[{CidrIpv6=${peer}}]` : `IpRanges=[{CidrIp=${peer}}]`;
}

/** The attribute of a SecurityGroupRule that holds such a peer. */
function peerFieldOf(peer: string): string {
  if (peer.startsWith("sg-")) return "ReferencedGroupInfo.GroupId";
  if (peer.startsWith("pl-")) return "PrefixListId";
  return peer.includes(":") ? "CidrIpv6" : "CidrIpv4";
}

function destinationOption(destination: string): string {
  if (destination.startsWith("pl-")) return "--destination-prefix-list-id";
  return destination.includes(":") ? "--destination-ipv6-cidr-block" : "--destination-cidr-block";
}

/** The provider merges rules with the same ports into one entry of the group's list. */
function rulesIn(listed: Values, groupId: string): string[] {
  const sources = [
    ...texts(listed["cidr_blocks"]),
    ...texts(listed["ipv6_cidr_blocks"]),
    ...texts(listed["prefix_list_ids"]),
    ...texts(listed["security_groups"]),
    ...(listed["self"] === true ? [groupId] : []),
  ];
  return sources.map((source) => rule(listed["protocol"], listed["from_port"], listed["to_port"], source));
}

function rule(protocol: unknown, from: unknown, to: unknown, peer: string): string {
  return protocol === "-1" ? `all ${peer}` : `${text(protocol)} ${text(from)}-${text(to)} ${peer}`;
}

function objects(value: unknown): readonly Values[] {
  return Array.isArray(value) ? (value as readonly Values[]) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
