import type { DnsFirewallRuleFact, NetworkFacts } from "./facts";
import { indexOf } from "./facts-index";
import { normalName } from "./service-names";

/** What the DNS firewall of a VPC says to a query. */
export type DnsVerdict =
  /** Without a rule where no rule matches, or the VPC has no firewall: then AWS lets the query through. */
  | { readonly allowed: true; readonly rule: DnsFirewallRuleFact | undefined }
  | { readonly allowed: false; readonly rule: DnsFirewallRuleFact; readonly reason: string };

/**
 * Whether Route 53 Resolver DNS Firewall lets a query of the VPC through: the first matching rule decides, in the order of
 * the rule groups' and then the rules' priorities.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html
 *
 * @param vpcId - undefined for the public internet
 */
export function dnsVerdict(facts: NetworkFacts, vpcId: string | undefined, hostname: string): DnsVerdict {
  const name = normalName(hostname);
  const rules = vpcId === undefined ? [] : (indexOf(facts).dnsRules.get(vpcId) ?? []);
  const rule = rules.find(({ domains }) => domains.some((domain) => covers(domain, name)));
  if (rule?.action !== "BLOCK") return { allowed: true, rule };
  return { allowed: false, rule, reason: `the DNS firewall of ${vpcId ?? "-"} blocks ${name}` };
}

/** `*.example.com` covers every name below `example.com`, and not `example.com` itself. */
function covers(domain: string, name: string): boolean {
  if (domain === "*") return true;
  return domain.startsWith("*.") ? name.endsWith(domain.slice(1)) : name === domain;
}
