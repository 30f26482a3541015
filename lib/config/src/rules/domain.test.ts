import type { Config } from "../schema";
import { describeRules } from "../testing/sample";

const CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/0a1b2c3d";

const domain =
  (name: string, certificateArn = CERTIFICATE, change?: (config: Config) => void) =>
  (config: Config): void => {
    config.access = { domain: { name, certificateArn } };
    change?.(config);
  };

describeRules("a name of the company's own for the API", [
  ["that is nobody else's", domain("studio.corp.example.com")],
  ["of two labels", domain("example.com"), ["access.domain.name", /three labels/, /studio\.corp/]],
  [
    "with a label that DNS does not take",
    domain(`${"a".repeat(64)}.example.com`),
    ["access.domain.name", /63 characters/, /write a name/],
  ],
  [
    "below a name of AWS's",
    domain("people.execute-api.eu-west-1.amazonaws.com"),
    ["access.domain.name", /amazonaws\.com/, /company's own/],
  ],
  [
    "of the identity provider",
    domain("login.corp.example.com", CERTIFICATE, (config) => {
      config.identity = {
        provider: "oidc",
        issuer: "https://login.corp.example.com/tenant",
        jwksUri: "https://keys.corp.example.com/jwks",
        clientId: "client",
        audience: "api",
        userNameClaim: "sub",
      };
    }),
    [
      "access.domain.name",
      /login\.corp\.example\.com or a name above it \(identity\.issuer\)/,
      /nothing else/,
    ],
  ],
  [
    "above a domain that is forwarded to corporate DNS",
    domain("corp.example.com", CERTIFICATE, (config) => {
      config.network.resolver.outboundRules = [
        { domain: "hosts.corp.example.com", targetIps: ["192.168.10.2"] },
      ];
    }),
    ["access.domain.name", /hosts\.corp\.example\.com .*outboundRules/, /nothing else/],
  ],
  [
    "below a domain that is forwarded, whose rule is less specific than the zone",
    domain("studio.corp.example.com", CERTIFICATE, (config) => {
      config.network.resolver.outboundRules = [{ domain: "corp.example.com", targetIps: ["192.168.10.2"] }];
    }),
  ],
  [
    "with a certificate of another kind",
    domain("studio.corp.example.com", "arn:aws:iam::111111111111:server-certificate/studio"),
    ["access.domain.certificateArn", /Certificate Manager/, /list-certificates/],
  ],
  [
    "with a certificate of another region and account",
    domain("studio.corp.example.com", "arn:aws:acm:us-east-1:222222222222:certificate/0a1b2c3d"),
    ["access.domain.certificateArn", /in eu-west-1/, /there/],
    ["access.domain.certificateArn", /111111111111/, /in that account/],
  ],
]);
