import type { RuleFact, SecurityGroupFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { blocks, flag, ofType, port, text, texts } from "./attributes";

type Direction = "ingress" | "egress";

export function readSecurityGroups(resources: readonly ResourceInstance[]): readonly SecurityGroupFact[] {
  const groups = [
    ...ofType(resources, "aws_security_group"),
    ...ofType(resources, "aws_default_security_group"),
  ];
  const rules = separateRules(resources);
  return groups.map((group) => {
    const id = text(group, "id");
    const of = (direction: Direction): readonly RuleFact[] => [
      ...blocks(group, direction).map((rule) => inlineRule(rule, id)),
      ...(rules.get(`${direction} ${id}`) ?? []),
    ];
    return {
      groupId: id,
      vpcId: text(group, "vpc_id"),
      groupName: text(group, "name"),
      ingress: of("ingress"),
      egress: of("egress"),
    };
  });
}

/** Rules that are resources of their own, by direction and group. */
function separateRules(resources: readonly ResourceInstance[]): ReadonlyMap<string, readonly RuleFact[]> {
  const rules = new Map<string, RuleFact[]>();
  const add = (direction: string, groupId: string, rule: RuleFact): void => {
    const key = `${direction} ${groupId}`;
    rules.set(key, [...(rules.get(key) ?? []), rule]);
  };
  for (const direction of ["ingress", "egress"] as const) {
    for (const rule of ofType(resources, `aws_vpc_security_group_${direction}_rule`))
      add(direction, text(rule, "security_group_id"), singleRule(rule));
  }
  for (const rule of ofType(resources, "aws_security_group_rule")) {
    const groupId = text(rule, "security_group_id");
    const peer = text(rule, "source_security_group_id");
    const fact = inlineRule(rule, groupId);
    add(text(rule, "type"), groupId, {
      ...fact,
      groupIds: [...fact.groupIds, ...(peer === "" ? [] : [peer])],
    });
  }
  return rules;
}

function singleRule(rule: ResourceInstance): RuleFact {
  const some = (name: string): readonly string[] => (text(rule, name) === "" ? [] : [text(rule, name)]);
  return {
    protocol: text(rule, "ip_protocol"),
    fromPort: port(rule, "from_port"),
    toPort: port(rule, "to_port"),
    cidrs: some("cidr_ipv4"),
    groupIds: some("referenced_security_group_id"),
    prefixListIds: some("prefix_list_id"),
  };
}

function inlineRule(rule: Pick<ResourceInstance, "values">, groupId: string): RuleFact {
  return {
    protocol: text(rule, "protocol"),
    fromPort: port(rule, "from_port"),
    toPort: port(rule, "to_port"),
    cidrs: texts(rule, "cidr_blocks"),
    groupIds: [...texts(rule, "security_groups"), ...(flag(rule, "self") ? [groupId] : [])],
    prefixListIds: texts(rule, "prefix_list_ids"),
  };
}
