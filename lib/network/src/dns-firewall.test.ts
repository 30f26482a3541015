import { dnsVerdict } from "./dns-firewall";
import type { DnsFirewallRuleFact, NetworkFacts } from "./facts";
import { resolveName } from "./name-resolution";
import { ACCESS, exampleNetwork, HUB } from "./testing/example-network";

const STS = "sts.eu-west-1.amazonaws.com";

function rule(
  priority: number,
  action: DnsFirewallRuleFact["action"],
  domains: readonly string[],
): DnsFirewallRuleFact {
  return { priority, action, domains, trustsRedirection: true };
}

/** The example with a firewall in the access VPC. */
function withRules(...rules: readonly DnsFirewallRuleFact[]): NetworkFacts {
  return {
    ...exampleNetwork,
    dnsFirewalls: [{ associationId: "rslvr-frgassoc-1", vpcId: ACCESS, priority: 101, rules }],
  };
}

const blockAll = rule(200, "BLOCK", ["*"]);

describe("the DNS firewall of a VPC", () => {
  it("lets through what its allow list names, and nothing else", () => {
    const facts = withRules(blockAll, rule(100, "ALLOW", [STS]));
    expect(dnsVerdict(facts, ACCESS, `${STS.toUpperCase()}.`).allowed).toBe(true);
    expect(dnsVerdict(facts, ACCESS, "stolen.example.net")).toMatchObject({
      allowed: false,
      reason: `the DNS firewall of ${ACCESS} blocks stolen.example.net`,
    });
  });

  it("tries rules by priority, not in the order of a list", () => {
    const facts = withRules(rule(300, "ALLOW", [STS]), blockAll);
    expect(dnsVerdict(facts, ACCESS, STS).allowed).toBe(false);
  });

  it("tries rule groups by their own priority first", () => {
    const [group] = withRules(blockAll).dnsFirewalls;
    const earlier = { ...group!, associationId: "rslvr-frgassoc-2", priority: 50 };
    const facts = {
      ...exampleNetwork,
      dnsFirewalls: [group!, { ...earlier, rules: [rule(900, "ALLOW", [STS])] }],
    };
    expect(dnsVerdict(facts, ACCESS, STS).allowed).toBe(true);
  });

  it("takes a wildcard for the names below, and not for the name itself", () => {
    const facts = withRules(rule(100, "ALLOW", ["*.example.com"]), blockAll);
    expect(dnsVerdict(facts, ACCESS, "a.b.example.com").allowed).toBe(true);
    expect(dnsVerdict(facts, ACCESS, "example.com").allowed).toBe(false);
    expect(dnsVerdict(facts, ACCESS, "otherexample.com").allowed).toBe(false);
  });

  it("lets through what matches no rule, and what a rule only reports", () => {
    expect(dnsVerdict(withRules(rule(100, "ALLOW", [STS])), ACCESS, "example.net").allowed).toBe(true);
    expect(dnsVerdict(withRules(rule(100, "ALERT", ["*"]), blockAll), ACCESS, "example.net").allowed).toBe(
      true,
    );
  });

  it("is a firewall of this VPC alone", () => {
    expect(dnsVerdict(withRules(blockAll), HUB, "example.net").allowed).toBe(true);
    expect(dnsVerdict(withRules(blockAll), undefined, "example.net").allowed).toBe(true);
  });
});

describe("a name that the DNS firewall blocks", () => {
  it("does not resolve, although a private zone has a record for it", () => {
    const missing = withRules(rule(100, "ALLOW", ["api.sagemaker.eu-west-1.amazonaws.com"]), blockAll);
    expect(resolveName(missing, ACCESS, STS)).toEqual({
      kind: "no_such_name",
      reason: `the DNS firewall of ${ACCESS} blocks ${STS}`,
    });
    expect(resolveName(missing, HUB, STS).kind).toBe("endpoint");
  });

  it("needs no rule for the target of an alias, which Route 53 follows itself", () => {
    const inspecting = { ...rule(100, "ALLOW", [STS]), trustsRedirection: false };
    expect(resolveName(withRules(inspecting, blockAll), ACCESS, STS).kind).toBe("endpoint");
  });

  it("may be where a CNAME leads to, unless the rule inspects that as well", () => {
    const [sts] = exampleNetwork.zones;
    const [record] = sts!.records;
    const cname = { name: STS, type: "CNAME", alias: undefined, values: [record!.alias!] };
    const zones = [{ ...sts!, records: [cname] }];
    const trusting = rule(100, "ALLOW", [STS]);
    const through = (first: DnsFirewallRuleFact): string =>
      resolveName({ ...withRules(first, blockAll), zones }, ACCESS, STS).kind;
    expect(through(trusting)).toBe("endpoint");
    expect(through({ ...trusting, trustsRedirection: false })).toBe("no_such_name");
  });
});
