import { jsonAnswer } from "../services/testing/fake-moto";
import { readDnsFirewalls } from "./dns-firewall-reader";

const PAGES: Readonly<Record<string, object>> = {
  ListFirewallRuleGroupAssociations: {
    FirewallRuleGroupAssociations: [
      { Id: "rslvr-frgassoc-1", VpcId: "vpc-1", FirewallRuleGroupId: "rslvr-frg-1", Priority: 101 },
    ],
  },
  ListFirewallRules: {
    FirewallRules: [
      {
        FirewallDomainListId: "rslvr-fdl-1",
        Priority: 100,
        Action: "ALLOW",
        FirewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
      },
    ],
  },
  ListFirewallDomains: { Domains: ["sts.eu-west-1.amazonaws.com."], NextToken: "1" },
};

describe("the reader of DNS firewalls", () => {
  it("reads each VPC's rules with all their domains", async () => {
    const json = (_scope: object, target: string, body: object) => {
      const [, operation = ""] = target.split(".");
      const next = "NextToken" in body ? { Domains: ["*.example.com."] } : PAGES[operation];
      return Promise.resolve(jsonAnswer(next));
    };
    expect(await readDnsFirewalls({ json }, "111111111111", "eu-west-1")).toEqual([
      {
        associationId: "rslvr-frgassoc-1",
        vpcId: "vpc-1",
        priority: 101,
        rules: [
          {
            priority: 100,
            action: "ALLOW",
            domains: ["sts.eu-west-1.amazonaws.com", "*.example.com"],
            trustsRedirection: true,
          },
        ],
      },
    ]);
  });

  it("fails when the service does", async () => {
    const json = () => Promise.resolve(jsonAnswer({ __type: "InternalFailure" }, 501));
    await expect(readDnsFirewalls({ json }, "111111111111", "eu-west-1")).rejects.toThrow(
      "Route 53 Resolver answered ListFirewallRuleGroupAssociations with HTTP 501",
    );
  });
});
