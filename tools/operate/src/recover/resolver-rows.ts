import type { Account } from "./account";
import { searched, text, type ImportRow } from "./import-row";

type Listed = Readonly<Record<string, unknown>>;

/** Route 53 Resolver: endpoints, rules, DNS firewall and query logs, by the names that are unique in our stacks. */
export const RESOLVER_ROWS: Readonly<Record<string, ImportRow>> = {
  aws_route53_resolver_endpoint: byName("ListResolverEndpoints", "ResolverEndpoints"),
  aws_route53_resolver_rule: byName("ListResolverRules", "ResolverRules"),
  aws_route53_resolver_rule_association: searched(["resolver_rule_id", "vpc_id"], async (known, account) =>
    listed(account, "ListResolverRuleAssociations", "ResolverRuleAssociations", {}, (one) =>
      is(one, { ResolverRuleId: known["resolver_rule_id"], VPCId: known["vpc_id"] }),
    ),
  ),
  aws_route53_resolver_firewall_config: { again: "every VPC has one, which Terraform sets" },
  aws_route53_resolver_firewall_domain_list: byName("ListFirewallDomainLists", "FirewallDomainLists"),
  aws_route53_resolver_firewall_rule: searched(
    ["firewall_rule_group_id", "firewall_domain_list_id"],
    async ({ firewall_rule_group_id: group = "", firewall_domain_list_id: list = "" }, { resolver }) => {
      const { FirewallRules = [] } = await resolver("ListFirewallRules", { FirewallRuleGroupId: group });
      return (FirewallRules as readonly Listed[]).some((one) => is(one, { FirewallDomainListId: list }))
        ? [`${group}:${list}`]
        : [];
    },
  ),
  aws_route53_resolver_firewall_rule_group: byName("ListFirewallRuleGroups", "FirewallRuleGroups"),
  aws_route53_resolver_firewall_rule_group_association: searched(
    ["firewall_rule_group_id", "vpc_id"],
    async (known, account) =>
      listed(
        account,
        "ListFirewallRuleGroupAssociations",
        "FirewallRuleGroupAssociations",
        { VpcId: known["vpc_id"] },
        (one) => is(one, { FirewallRuleGroupId: known["firewall_rule_group_id"], VpcId: known["vpc_id"] }),
      ),
  ),
  aws_route53_resolver_query_log_config: byName("ListResolverQueryLogConfigs", "ResolverQueryLogConfigs"),
  aws_route53_resolver_query_log_config_association: searched(
    ["resolver_query_log_config_id", "resource_id"],
    async (known, account) =>
      listed(
        account,
        "ListResolverQueryLogConfigAssociations",
        "ResolverQueryLogConfigAssociations",
        {},
        (one) =>
          is(one, {
            ResolverQueryLogConfigId: known["resolver_query_log_config_id"],
            ResourceId: known["resource_id"],
          }),
      ),
  ),
};

function byName(operation: string, list: string): ImportRow {
  return searched(["name"], async ({ name }, account) =>
    listed(account, operation, list, {}, (one) => is(one, { Name: name })),
  );
}

async function listed(
  { resolver }: Account,
  operation: string,
  list: string,
  input: object,
  fits: (one: Listed) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  let token: unknown;
  do {
    const page = await resolver(operation, {
      ...input,
      MaxResults: 100,
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const entries = (page[list] ?? []) as readonly Listed[];
    found.push(
      ...entries.filter((one) => fits(one) && one["Status"] !== "DELETING").map(({ Id }) => text(Id)),
    );
    token = page["NextToken"];
  } while (typeof token === "string" && token !== "");
  return found;
}

function is(one: Listed, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).every(([name, value]) => one[name] === value);
}
