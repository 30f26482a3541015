import { describeRules } from "../testing/sample";

const POLICY = "arn:aws:iam::222222222222:policy/data";

describeRules("lists without repeats", [
  [
    "endpoints",
    (config) => {
      config.network.additionalEndpoints = ["kms", "ecr-api", "kms"];
    },
    ["network.additionalEndpoints[2]", /stands in network\.additionalEndpoints\[0\] already/, /remove one/],
  ],
  [
    "forwarded domains, and the servers of one of them",
    (config) => {
      config.network.resolver.outboundRules = [
        { domain: "corp.example.com", targetIps: ["10.1.2.3", "10.1.2.3"] },
        { domain: "corp.example.com", targetIps: ["10.1.2.3"] },
      ];
    },
    ["network.resolver.outboundRules[1].domain", /outboundRules\[0\]\.domain already/, /remove one/],
    ["network.resolver.outboundRules[0].targetIps[1]", /targetIps\[0\] already/, /remove one/],
  ],
  [
    "domains that the DNS firewall allows",
    (config) => {
      config.network.dnsFirewall = { allowedDomains: ["corp.example.com", "corp.example.com"] };
    },
    ["network.dnsFirewall.allowedDomains[1]", /allowedDomains\[0\] already/, /remove one/],
  ],
  [
    "callback URLs",
    (config) => {
      Object.assign(config.identity, { callbackUrls: ["https://localhost/a", "https://localhost/a"] });
    },
    ["identity.callbackUrls[1]", /identity\.callbackUrls\[0\] already/, /remove one/],
  ],
  [
    "buckets to read from, and instance types",
    (config) => {
      config.network.readableBuckets = ["jumpstart", "jumpstart"];
      config.linesOfBusiness[0]!.instanceTypes = ["ml.t3.medium", "ml.t3.medium"];
    },
    ["network.readableBuckets[1]", /already/, /remove one/],
    ["linesOfBusiness[0].instanceTypes[1]", /already/, /remove one/],
  ],
  [
    "execution policies",
    (config) => {
      config.linesOfBusiness[0]!.executionPolicyArns = [POLICY, POLICY];
    },
    ["linesOfBusiness[0].executionPolicyArns[1]", /already/, /remove one/],
  ],
]);
