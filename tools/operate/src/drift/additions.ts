import type { PlanJson, StateResourceJson } from "@studio-access/terraform";

import type { DriftedResource } from "./assessment";
import { resourcesThere } from "./resources-there";

type Values = Readonly<Record<string, unknown>>;

/**
 * A resource with a list whose entries are also resources of their own, such as a security group with its rules.
 * Terraform shows no difference for an entry that it did not create.
 */
interface Container {
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
}

const CONTAINERS: readonly Container[] = [
  securityGroupRules("ingress"),
  securityGroupRules("egress"),
  {
    type: "aws_iam_role",
    attribute: "inline_policy",
    identity: "name",
    entries: (values) => objects(values["inline_policy"]).map(({ name }) => text(name)),
    part: { type: "aws_iam_role_policy", of: "role", entry: ({ name }) => text(name) },
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
  },
];

/**
 * What somebody added by hand to a resource of the stacks: a rule, a route or a policy. No plan shows it.
 *
 * @param plans the plans of **every** stack, since a stack may add to a resource that another stack owns
 * @returns the changed resources by stack; a stack without additions has no entry
 */
export function additions(plans: ReadonlyMap<string, PlanJson>): ReadonlyMap<string, DriftedResource[]> {
  const all = [...plans].flatMap(([stack, plan]) =>
    resourcesThere(plan).map((resource) => ({ stack, resource })),
  );
  const made = new Set(all.flatMap(({ resource }) => partsIn(resource)));
  const found = new Map<string, DriftedResource[]>();
  for (const { stack, resource } of all) {
    const added = addedTo(resource, made);
    if (added !== undefined) found.set(stack, [...(found.get(stack) ?? []), added]);
  }
  return found;
}

function partsIn({ type, values = {} }: StateResourceJson): string[] {
  return CONTAINERS.filter(({ part }) => part.type === type).map((container) =>
    place(container, text(values[container.part.of]), container.part.entry(values)),
  );
}

function addedTo(
  { address, type, values = {} }: StateResourceJson,
  made: ReadonlySet<string>,
): DriftedResource | undefined {
  const attributes = CONTAINERS.filter((container) => container.type === type).flatMap((container) =>
    container
      .entries(values)
      .filter((entry) => entry !== "" && !made.has(place(container, text(values[container.identity]), entry)))
      .map((entry) => ({
        attribute: container.attribute,
        sensitive: false as const,
        before: null,
        after: entry,
      })),
  );
  return attributes.length === 0 ? undefined : { address, kind: "added to", attributes };
}

function place({ attribute }: Container, identity: string, entry: string): string {
  return JSON.stringify([attribute, identity, entry]);
}

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
  };
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

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
