import { describeRules, type RuleCase } from "../testing/sample";

/** A rule that forwards one domain. */
function forwards(domain: string, ...expected: RuleCase[2][]): RuleCase {
  return [
    domain,
    (config) => {
      config.network.resolver.outboundRules = [{ domain, targetIps: ["192.168.10.53"] }];
    },
    ...expected,
  ];
}

describeRules("forwarded domains", [
  forwards("amazonaws.com", ["network.resolver.outboundRules[0].domain", /amazonaws\.com/, /company's own/]),
  forwards("sts.eu-west-1.amazonaws.com", [
    "network.resolver.outboundRules[0].domain",
    /hub's own zones/,
    /./,
  ]),
  forwards("studio.eu-west-1.sagemaker.aws", [
    "network.resolver.outboundRules[0].domain",
    /sagemaker\.aws/,
    /./,
  ]),
  forwards("notamazonaws.com"),
  forwards("corp.example.com"),
]);
