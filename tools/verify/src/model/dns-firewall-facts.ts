import { normalName, type DnsFirewallFact, type DnsFirewallRuleFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { byText, ofType, text, texts } from "./attributes";

const FIREWALL = "aws_route53_resolver_firewall";

/** The rule groups of the DNS firewall that are associated with a VPC. */
export function readDnsFirewalls(resources: readonly ResourceInstance[]): readonly DnsFirewallFact[] {
  const rules = byText(resources, `${FIREWALL}_rule`, "firewall_rule_group_id");
  const lists = byText(resources, `${FIREWALL}_domain_list`, "id");
  return ofType(resources, `${FIREWALL}_rule_group_association`).map((association) => ({
    associationId: text(association, "id"),
    vpcId: text(association, "vpc_id"),
    priority: priorityOf(association),
    rules: rules(text(association, "firewall_rule_group_id")).map((rule) =>
      ruleFact(rule, lists(text(rule, "firewall_domain_list_id"))),
    ),
  }));
}

function ruleFact(rule: ResourceInstance, lists: readonly ResourceInstance[]): DnsFirewallRuleFact {
  return {
    priority: priorityOf(rule),
    action: actionOf(rule),
    domains: lists.flatMap((list) => texts(list, "domains").map(normalName)),
    trustsRedirection: text(rule, "firewall_domain_redirection_action") === "TRUST_REDIRECTION_DOMAIN",
  };
}

/** A rule for one type of record alone blocks nothing of the others: it counts as one that only reports. */
function actionOf(rule: ResourceInstance): DnsFirewallRuleFact["action"] {
  const action = text(rule, "action");
  if (action === "ALLOW") return "ALLOW";
  return action === "BLOCK" && text(rule, "q_type") === "" ? "BLOCK" : "ALERT";
}

function priorityOf({ values }: ResourceInstance): number {
  const priority = values["priority"];
  return typeof priority === "number" ? priority : 0;
}
