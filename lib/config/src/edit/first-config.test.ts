import { examineText } from "../load";
import { validate } from "../validate";
import { configFileText, firstConfig, type FirstConfig } from "./first-config";
import type { OidcIdentity } from "../schema";

const FIRST: FirstConfig = {
  schema: "./schema.json",
  environment: "prod",
  region: "eu-west-1",
  availabilityZoneIds: ["euw1-az1", "euw1-az2"],
  organizationId: "o-abcdefghij",
  sharedServicesId: "111122223333",
  access: { profile: "infra-{name}" },
  lobs: [
    { name: "lob-a", accountId: "444455556666", users: ["ann"] },
    { name: "lob-b", accountId: "777788889999", users: [] },
  ],
  corporateCidrs: ["192.168.10.0/24"],
};

const OIDC: OidcIdentity = {
  provider: "oidc",
  issuer: "https://login.example.com",
  jwksUri: "https://login.example.com/keys",
  clientId: "studio",
  audience: "studio-access",
  userNameClaim: "preferred_username",
};

describe("a first config", () => {
  it("lets users sign in with the company's own provider, where one is given", () => {
    expect(firstConfig({ ...FIRST, identity: OIDC }).identity).toEqual(OIDC);
  });

  it("is valid, in free ranges, without a simulator, and keeps data", () => {
    const config = firstConfig(FIRST);
    expect(validate(config)).toEqual({ config });
    expect(config).toMatchObject({
      $schema: "./schema.json",
      stateBucket: true,
      state: { backend: "local", directory: ".studio-access/state/prod" },
      sharedServices: { credentials: { profile: "infra-shared-services" } },
      network: { hubCidr: "10.0.0.0/16", accessCidr: "10.1.0.0/16", lobSupernets: ["10.32.0.0/11"] },
      linesOfBusiness: [
        {
          account: { credentials: { profile: "infra-lob-a" } },
          cidr: "10.32.0.0/16",
          domainName: "studio-lob-a",
        },
        { cidr: "10.33.0.0/16", users: [] },
      ],
      onPremise: null,
      dataRetention: "retain",
    });
  });

  it.each([
    ["where 10.0.0.0/8 is the company's", { corporateCidrs: ["10.0.0.0/8"] }],
    [
      "where little is free",
      { corporateCidrs: ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "192.168.0.0/17"] },
    ],
    ["with many lines of business", { lobs: lobs(40) }],
    [
      "with ranges of the network team's",
      { hubCidr: "10.200.0.0/24", accessCidr: "10.200.1.0/24", lobSupernets: ["10.201.0.0/20"] },
    ],
    ["with roles", { access: { role: "path/deploy" } }],
    ["with a bucket of the company's", { stateBucket: "our-states" }],
    ["in no Organization", { organizationId: null }],
    ["with the company's own provider", { identity: OIDC }],
  ])("is valid %s", (_what, change) => {
    const config = firstConfig({ ...FIRST, ...change });
    expect(validate(config)).toEqual({ config });
  });

  it("is refused where no range is free, or the given one is too small", () => {
    const everything = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "192.168.0.0/16"];
    expect(() => firstConfig({ ...FIRST, corporateCidrs: everything })).toThrow(
      /No private range of \/24 is free/,
    );
    expect(() => firstConfig({ ...FIRST, corporateCidrs: ["all"] })).toThrow("all is no IPv4 range");
    expect(() => firstConfig({ ...FIRST, lobSupernets: ["10.0.0.0/24"] })).toThrow(/too small for 2/);
  });

  it("is laid out as the other files, and is the same when it is read", () => {
    const text = configFileText(firstConfig(FIRST));
    expect(text).toContain('\n  "availabilityZoneIds": ["euw1-az1", "euw1-az2"],\n');
    expect(text).toContain(
      '\n      "account": {\n        "id": "444455556666",\n        "credentials": { "profile": "infra-lob-a" }\n',
    );
    expect(examineText(text)).toEqual({ config: firstConfig(FIRST) });
  });
});

function lobs(count: number): FirstConfig["lobs"] {
  return Array.from({ length: count }, (_, index) => ({
    name: `lob-${index}`,
    accountId: String(200000000000 + index),
    users: [],
  }));
}
