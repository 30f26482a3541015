import type { Account } from "./account";
import { searched, text, type ImportRow } from "./import-row";

type Listed = Readonly<Record<string, unknown>>;

/**
 * Route 53 Resolver and Profiles: endpoints, rules, DNS firewall, query logs and profiles, by the names that are unique in our
 * stacks.
 */
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
  aws_route53profiles_profile: searched(["name"], async ({ name }, account) =>
    inPages(
      async (token) => account.profiles("/profiles", token === undefined ? {} : { nextToken: token }),
      "ProfileSummaries",
      // Another account's, which it shares with this one, may have the same name.
      (one) => is(one, { Name: name }) && one["ShareStatus"] !== "SHARED_WITH_ME",
    ),
  ),
  aws_route53profiles_association: searched(["profile_id", "resource_id"], async (known, account) => {
    const query = { profileId: known["profile_id"] ?? "", resourceId: known["resource_id"] ?? "" };
    return inPages(
      async (token) =>
        account.profiles("/profileassociations", {
          ...query,
          ...(token === undefined ? {} : { nextToken: token }),
        }),
      "ProfileAssociations",
      (one) => is(one, { ProfileId: query.profileId, ResourceId: query.resourceId }),
    );
  }),
  aws_route53profiles_resource_association: searched(["profile_id", "resource_arn"], async (known, account) =>
    inPages(
      async (token) =>
        account.profiles(
          `/profileresourceassociations/profileid/${known["profile_id"]}`,
          token === undefined ? {} : { nextToken: token },
        ),
      "ProfileResourceAssociations",
      (one) => is(one, { ResourceArn: known["resource_arn"] }),
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
  const ask = async (NextToken?: string): Promise<Listed> =>
    resolver(operation, { ...input, MaxResults: 100, ...(NextToken === undefined ? {} : { NextToken }) });
  return inPages(ask, list, fits);
}

/** Ids of what fits, on all pages of a list. */
async function inPages(
  ask: (token?: string) => Promise<Listed>,
  list: string,
  fits: (one: Listed) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  let token: unknown;
  do {
    const page = await ask(typeof token === "string" ? token : undefined);
    const entries = (page[list] ?? []) as readonly Listed[];
    found.push(
      ...entries
        .filter((one) => fits(one) && one["Status"] !== "DELETING" && one["Status"] !== "DELETED")
        .map(({ Id }) => text(Id)),
    );
    token = page["NextToken"];
  } while (typeof token === "string" && token !== "");
  return found;
}

function is(one: Listed, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).every(([name, value]) => one[name] === value);
}
