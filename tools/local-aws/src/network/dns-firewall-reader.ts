import { normalName, type DnsFirewallFact, type DnsFirewallRuleFact } from "@studio-access/network";

import type { ControlPlaneClient } from "./control-plane-client";

interface Association {
  readonly Id: string;
  readonly VpcId: string;
  readonly FirewallRuleGroupId: string;
  readonly Priority: number;
}

interface Rule {
  readonly FirewallDomainListId: string;
  readonly Priority: number;
  readonly Action: DnsFirewallRuleFact["action"];
  readonly FirewallDomainRedirectionAction: string;
}

interface Page {
  readonly NextToken?: string;
}

type Ask = <Item>(operation: string, field: string, request?: object) => Promise<Item[]>;

/** The rule groups that an account has associated with its VPCs, with their rules and the rules' domains. */
export async function readDnsFirewalls(
  controlPlane: Pick<ControlPlaneClient, "json">,
  account: string,
  region: string,
): Promise<DnsFirewallFact[]> {
  const ask = asker(controlPlane, account, region);
  const associations = await ask<Association>(
    "ListFirewallRuleGroupAssociations",
    "FirewallRuleGroupAssociations",
  );
  return await Promise.all(
    associations.map(async ({ Id, VpcId, FirewallRuleGroupId, Priority }) => {
      const rules = await ask<Rule>("ListFirewallRules", "FirewallRules", { FirewallRuleGroupId });
      return {
        associationId: Id,
        vpcId: VpcId,
        priority: Priority,
        rules: await Promise.all(rules.map((rule) => ruleFact(ask, rule))),
      };
    }),
  );
}

async function ruleFact(ask: Ask, rule: Rule): Promise<DnsFirewallRuleFact> {
  const { FirewallDomainListId } = rule;
  const domains = await ask<string>("ListFirewallDomains", "Domains", { FirewallDomainListId });
  return {
    priority: rule.Priority,
    action: rule.Action,
    domains: domains.map(normalName),
    trustsRedirection: rule.FirewallDomainRedirectionAction === "TRUST_REDIRECTION_DOMAIN",
  };
}

function asker(controlPlane: Pick<ControlPlaneClient, "json">, account: string, region: string): Ask {
  return async <Item>(operation: string, field: string, request: object = {}): Promise<Item[]> => {
    const items: Item[] = [];
    let token: object | undefined = {};
    while (token) {
      const scope = { service: "route53resolver", account, region };
      const body = { ...request, ...token };
      const reply = await controlPlane.json(scope, `Route53Resolver.${operation}`, body);
      if (reply.status >= 300)
        throw new Error(`Route 53 Resolver answered ${operation} with HTTP ${reply.status}`);
      const page = JSON.parse(reply.body.toString()) as Page & Readonly<Record<string, Item[]>>;
      items.push(...(page[field] ?? []));
      token = page.NextToken === undefined ? undefined : { NextToken: page.NextToken };
    }
    return items;
  };
}
