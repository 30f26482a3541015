import { normalName, type DnsFirewallFact, type DnsFirewallRuleFact } from "@studio-access/network";

import type { Place } from "../vpc-lookup";
import type { FirewallRule, ResolverStore } from "./resolver-store";

/** The rule groups that are associated with the account's VPCs, as the name resolution of the network reads them. */
export function firewallFacts(store: ResolverStore, place: Place): readonly DnsFirewallFact[] {
  return store.associations.all(place).map(({ resource: { Id, VpcId, FirewallRuleGroupId, Priority } }) => ({
    associationId: Id,
    vpcId: VpcId,
    priority: Priority,
    rules: store.ruleGroups
      .get(place, FirewallRuleGroupId)
      .resource.rules.filter(coversAddresses)
      .map((rule) => ruleFact(store, place, rule)),
  }));
}

/** The local AWS asks for addresses alone, so a rule for another type of record matches none of its queries. */
function coversAddresses({ Qtype }: FirewallRule): boolean {
  return Qtype === undefined || Qtype === "A";
}

function ruleFact(store: ResolverStore, place: Place, rule: FirewallRule): DnsFirewallRuleFact {
  const { resource: list } = store.domainLists.get(place, rule.FirewallDomainListId);
  return {
    priority: rule.Priority,
    action: rule.Action,
    domains: list.domains.map(normalName),
    trustsRedirection: rule.FirewallDomainRedirectionAction === "TRUST_REDIRECTION_DOMAIN",
  };
}
