import { Route53ResolverFirewallConfig } from "@cdktf/provider-aws/lib/route53-resolver-firewall-config";
import { Route53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list";
import { Route53ResolverFirewallRule } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule";
import { Route53ResolverFirewallRuleGroup } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group";
import { Route53ResolverFirewallRuleGroupAssociation } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association";
import { Construct } from "constructs";

import type { AccountContext } from "./account-stack";

export interface DnsFirewallProps extends AccountContext {
  /** Names the VPC in the names of the firewall's parts. */
  readonly vpcName: string;
  readonly vpcId: string;
  /** The only names that resolve; `*.` begins one for every name below. */
  readonly resolvableNames: readonly string[];
}

/**
 * Closes the way out by DNS. The resolver of a VPC asks public name servers on behalf of whoever is in the VPC, route or
 * no route: a query for `SECRET.attacker.example` would carry data out. So the names that are needed are allowed, and
 * every other one is answered with NODATA, which programs take for "no address" at once.
 */
export class DnsFirewall extends Construct {
  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const { provider, names, vpcName, vpcId } = props;

    const allowed = new Route53ResolverFirewallDomainList(this, "AllowedNames", {
      provider,
      name: names.of(vpcName, "dns-allowed"),
      domains: props.resolvableNames.map(fullyQualified),
    });
    const all = new Route53ResolverFirewallDomainList(this, "AllNames", {
      provider,
      name: names.of(vpcName, "dns-all"),
      domains: [fullyQualified("*")],
    });
    const group = new Route53ResolverFirewallRuleGroup(this, "RuleGroup", {
      provider,
      name: names.of(vpcName, "dns"),
    });
    // The lowest priority is tried first, and the first match decides.
    const allow = new Route53ResolverFirewallRule(this, "Allow", {
      provider,
      name: names.of(vpcName, "dns-allow"),
      firewallRuleGroupId: group.id,
      firewallDomainListId: allowed.id,
      priority: 100,
      action: "ALLOW",
      // An allowed name may be an alias (CNAME) of another, as S3's are. Only the owner of the allowed name can make it one.
      firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
    });
    const block = new Route53ResolverFirewallRule(this, "BlockTheRest", {
      provider,
      name: names.of(vpcName, "dns-block"),
      firewallRuleGroupId: group.id,
      firewallDomainListId: all.id,
      priority: 200,
      action: "BLOCK",
      blockResponse: "NODATA",
    });
    new Route53ResolverFirewallRuleGroupAssociation(this, "Association", {
      provider,
      name: names.of(vpcName, "dns"),
      firewallRuleGroupId: group.id,
      vpcId,
      // The first that AWS leaves to the account: those below belong to AWS Firewall Manager.
      priority: 101,
      // Only with both rules in place: a group that already blocks and does not yet allow would stop every name.
      dependsOn: [allow, block],
    });
    new Route53ResolverFirewallConfig(this, "FailClosed", {
      provider,
      resourceId: vpcId,
      // While the firewall itself fails, names do not resolve (SERVFAIL). The other choice lets every query through: then
      // an outage, or whoever can cause one, opens the way out that this construct closes.
      firewallFailOpen: "DISABLED",
    });
  }
}

/**
 * With the final dot that AWS adds to every name that it keeps: written without it, each plan would change the list.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/issues/23543
 */
function fullyQualified(name: string): string {
  return `${name}.`;
}
