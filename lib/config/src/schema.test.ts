import { describeRules, problemsAfter, sampleConfig, type RuleCase } from "./testing/sample";
import { validate } from "./validate";

/** Makes a row that gives one value of the config another, and expects a problem just there. */
function value(path: string, wrong: unknown, rule: RegExp, remedy: RegExp, at = path): RuleCase {
  const change: RuleCase[1] = (config) => {
    set(config, path, wrong);
  };
  return [`${path} = ${JSON.stringify(wrong)}`, change, [at, rule, remedy]];
}

/** Sets `a.b[0].c`; undefined removes the key. */
function set(root: object, path: string, wrong: unknown): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  const last = keys.pop()!;
  const parent = keys.reduce((at: object, key) => Reflect.get(at, key) as object, root);
  if (wrong === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, wrong);
}

const OIDC = {
  provider: "oidc",
  issuer: "https://id.example.com",
  jwksUri: "https://id.example.com/keys",
  clientId: "studio",
  audience: "studio-access",
  userNameClaim: "sub",
};

const BASTION = {
  kind: "bastion",
  publicKey: `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} jane@laptop`,
  operatorCidr: "203.0.113.7/32",
};

/** The simulator, entered in some way. */
function onPremise(entry: object): object {
  return { cidr: "192.168.10.0/24", entry };
}

describe("the sample", () => {
  it("is valid, and comes back as it was", () => {
    expect(validate(sampleConfig())).toEqual({ config: sampleConfig() });
  });

  it.each([
    ["an OpenID Connect provider", "identity", OIDC],
    [
      "another with every field",
      "identity",
      {
        ...OIDC,
        preset: "keycloak",
        audience: ["studio-access", "account"],
        clientClaim: "azp",
        tokenTypes: ["JWT", "none"],
        requiredClaims: { typ: "Bearer" },
      },
    ],
    ["a user who is called by an e-mail address", "linesOfBusiness[0].users[1]", "bob.b@example.com"],
    ["an organization", "organizationId", "o-exampleorgid"],
    [
      "state in S3",
      "state",
      { backend: "s3", bucket: "my-state", region: "us-east-1", kmsKeyId: "k", profile: "p" },
    ],
    ["a profile instead of a role", "sharedServices.credentials", { profile: "shared" }],
    ["comments in any object", "studio.$comment", ["for people", "only"]],
    ["a LOB without users yet", "linesOfBusiness[0].users", []],
    [
      "policies of the LOB's own",
      "linesOfBusiness[0].executionPolicyArns",
      ["arn:aws:iam::222222222222:policy/x/y"],
    ],
    [
      "names to forward",
      "network.resolver.outboundRules",
      [{ domain: "corp.example.com", targetIps: ["10.1.2.3"] }],
    ],
    ["domains that the DNS firewall allows", "network.dnsFirewall", { allowedDomains: ["corp.example.com"] }],
    ["a function for operators' smoke tests", "smokeTest", true],
    ["the simulator, with nothing said of the way in", "onPremise", { cidr: "192.168.10.0/24" }],
    ["the simulator behind Session Manager", "onPremise", onPremise({ kind: "session-manager" })],
    ["the simulator behind a bastion", "onPremise", onPremise(BASTION)],
    [
      "an RSA key, and no comment behind it",
      "onPremise",
      onPremise({ ...BASTION, publicKey: `ssh-rsa AAAAB3NzaC1yc2E${"A".repeat(357)}` }),
    ],
  ])("may have %s", (_name, path, good) => {
    const problems = problemsAfter((config) => {
      set(config, path, good);
    });
    expect(problems).toEqual([]);
  });

  it.each([null, [], "config", 7])("cannot be %j", (input) => {
    const validation = validate(input);
    const problems = "problems" in validation ? validation.problems : [];
    expect(problems.map(({ path }) => path)).toEqual([""]);
    expect(problems[0]?.rule).toMatch(/must be an object/);
  });
});

describeRules("identifiers", [
  value("environment", "Prod", /lower-case/, /prod/),
  value("environment", "x".repeat(13), /at most 12/, /./),
  value("environment", "awsprod", /Cognito takes none of these words/, /prod/),
  value("region", "mars-north-1", /region of the aws partition/, /eu-west-1/),
  value("region", "us-gov-west-1", /aws partition/, /./),
  value("availabilityZoneIds[1]", "eu-west-1b", /id of an availability zone/, /euw1-az1/),
  value("availabilityZoneIds", ["euw1-az1"], /exactly two/, /two zones/),
  value("organizationId", "my-org", /Organization's id, or null/, /o-/),
  value("sharedServices.id", "1234", /12 digits/, /console/),
  value("sharedServices.id", 111111111111, /string of 12 digits/, /double quotes/),
  value("sharedServices.credentials.assumeRole", "deploy", /role's ARN/, /arn:aws:iam::ACCOUNT:role\/NAME/),
  value("state.directory", "../elsewhere", /below the project's/, /\.studio-access/),
  value("state.directory", "/var/state", /below the project's/, /./),
  value("linesOfBusiness[0].name", "research", /must be lob-/, /lob-research/),
  value("linesOfBusiness[0].name", `lob-${"x".repeat(21)}`, /at most 24/, /shorten/),
  value("linesOfBusiness[0].domainName", "studio_a", /SageMaker takes/, /studio-research/),
  value("linesOfBusiness[0].users[1]", "bob@example.com*", /letters, digits and/, /jane\.doe@example\.com/),
  value("linesOfBusiness[0].users[1]", "x", /must be 2 to 128 letters/, /jane-doe/),
  value("linesOfBusiness[0].users[1]", "*", /must be 2 to 128/, /jane-doe/),
  value("linesOfBusiness[0].users[1]", `${"b".repeat(60)}@example.com`, /63 characters/, /another claim/),
  value(
    "linesOfBusiness[0].users[1]",
    "m--bob---example--com",
    /made from another name/,
    /identity provider has/,
  ),
  value(
    "linesOfBusiness[0].executionPolicyArns",
    ["arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"],
    /customer managed policy/,
    /one of your own/,
    "linesOfBusiness[0].executionPolicyArns[0]",
  ),
]);

const provider = (field: string, bad: unknown, rule: RegExp): RuleCase => [
  `${field} ${JSON.stringify(bad)}`,
  (config) => {
    Object.assign(config, { identity: { ...OIDC, [field]: bad } });
  },
  [`identity.${field}`, rule, /./],
];

describeRules("identity provider", [
  provider("preset", "google", /must be one of rfc9068, entra, okta, auth0, keycloak/),
  provider("clientClaim", "sub", /must be one of client_id, azp, appid, cid/),
  provider("tokenTypes", [], /must not be empty/),
  provider("audience", [], /must not be empty/),
  provider("audience", "", /must not be empty/),
  provider("audience", 7, /a list of at least one/),
  provider("requiredClaims", ["typ"], /must be an object/),
]);

describeRules("state in S3", [
  ...["Upper", "a..b", "10.0.0.1", "xn--x", "ab", "under_score"].map((bucket) =>
    value("state", { backend: "s3", bucket, region: "eu-west-1" }, /S3 bucket/, /3 to 63/, "state.bucket"),
  ),
  value(
    "state",
    { backend: "s3", bucket: "state", region: "Ireland" },
    /region/,
    /eu-west-1/,
    "state.region",
  ),
  value("state", { backend: "S3", bucket: "state" }, /one of local, s3/, /did you mean s3/, "state.backend"),
  value("state", { directory: "x" }, /one of local, s3/, /choose one/, "state.backend"),
  value(
    "state",
    { backend: "s3", bucket: "state", region: "eu-west-1", profile: "" },
    /not be empty/,
    /leave the key out/,
    "state.profile",
  ),
]);

describeRules("ranges and limits of AWS", [
  value("network.hubCidr", "10.0.0.0", /IPv4 range/, /10\.100\.0\.0\/16/),
  value("network.hubCidr", "10.0.0.256/16", /IPv4 range/, /./),
  value("network.hubCidr", "fd00::/8", /IPv4 range/, /./),
  value("network.lobSupernets", [], /address space/, /at least one/),
  [
    "a rule that forwards nothing to nobody",
    (config) => {
      config.network.resolver.outboundRules = [{ domain: "Corp", targetIps: [] }];
    },
    ["network.resolver.outboundRules[0].domain", /domain name/, /corp\.example\.com/],
    ["network.resolver.outboundRules[0].targetIps", /a server to ask/, /addresses/],
  ],
  [
    "a firewall with holes for every name, for all of a suffix, and for a wildcard",
    (config) => {
      config.network.dnsFirewall = { allowedDomains: ["*", "com", "*.example.com"] };
    },
    ...[0, 1, 2].map(
      (index) =>
        [`network.dnsFirewall.allowedDomains[${index}]`, /domain name/, /corp\.example\.com/] as const,
    ),
  ],
  value("studio.urlExpiresSeconds", 4, /5 to 300 seconds/, /whole number/),
  value("studio.urlExpiresSeconds", 301, /5 to 300 seconds/, /whole number/),
  value("studio.urlExpiresSeconds", 20.5, /5 to 300 seconds/, /whole number/),
  value("studio.urlExpiresSeconds", "20", /5 to 300 seconds/, /whole number/),
  value("studio.sessionExpiresSeconds", 1799, /1800 to 43200/, /./),
  value("studio.sessionExpiresSeconds", 43201, /1800 to 43200/, /./),
  value("studio.idleShutdownMinutes", 59, /60 to 525600/, /./),
  value("identity.accessTokenMinutes", 1441, /5 to 1440/, /./),
  value("identity.callbackUrls[0]", "http://localhost", /https URL/, /portal\.example\.com/),
  value("identity.callbackUrls", [], /a place to return to/, /at least one/),
  value(
    "access",
    { portal: { company: { name: "${aws_iam_role.x.arn}" } } },
    /Terraform would take for a template/,
    /leave it out/,
    "access.portal.company.name",
  ),
  value("access", { portal: { scopes: ["email"] } }, /openid/, /add openid/, "access.portal.scopes"),
  value(
    "access",
    { portal: { authorizationParameters: { state: "x" } } },
    /sets this parameter itself/,
    /leave it out/,
    "access.portal.authorizationParameters.state",
  ),
  value(
    "access",
    { portal: { company: { name: "Example", logo: "https://example.com/logo.svg" } } },
    /data URI/,
    /base64/,
    "access.portal.company.logo",
  ),
  value(
    "access",
    { portal: { company: { name: "Example", support: "javascript:alert(1)" } } },
    /e-mail address or an https URL/,
    /where people get help/,
    "access.portal.company.support",
  ),
  value(
    "identity",
    { ...OIDC, issuer: "id.example.com" },
    /https URL/,
    /exactly as tokens carry it/,
    "identity.issuer",
  ),
  value("logRetentionDays", 31, /one of 1, 3, 5/, /choose one/),
  value("lambdaRuntime", "nodejs22", /one of nodejs22\.x/, /did you mean nodejs22\.x/),
  value("dataRetention", "retian", /one of delete, retain/, /did you mean retain/),
  value("tags", { "a*b": "x" }, /IAM takes/, /leave the other characters out/, 'tags["a*b"]'),
  value("tags", { a: "x".repeat(257) }, /256 characters/, /shorten/, "tags.a"),
  value("linesOfBusiness", [], /at least one/, /add an entry/),
]);

describeRules("the way into the simulator", [
  ...[
    "mine",
    "ssh-ed25519 AAAA",
    `ecdsa-sha2-nistp256 ${"A".repeat(140)}`,
    `ssh-rsa AAAAB3NzaC1yc2E${"A".repeat(189)}`,
    `${BASTION.publicKey}\nssh-ed25519 more`,
    `${BASTION.publicKey} \${jane}`,
  ].map((publicKey) =>
    value(
      "onPremise",
      onPremise({ ...BASTION, publicKey }),
      /OpenSSH public key on one line/,
      /\.pub file/,
      "onPremise.entry.publicKey",
    ),
  ),
  value(
    "onPremise",
    onPremise({ kind: "bastion", publicKey: BASTION.publicKey }),
    /required/,
    /Public address/,
    "onPremise.entry.operatorCidr",
  ),
  value(
    "onPremise",
    onPremise({ kind: "Bastion" }),
    /one of session-manager, bastion/,
    /did you mean bastion/,
    "onPremise.entry.kind",
  ),
  value(
    "onPremise",
    onPremise({ kind: "session-manager", operatorCidr: BASTION.operatorCidr }),
    /unknown key/,
    /remove it|did you mean/,
    "onPremise.entry.operatorCidr",
  ),
  value("onPremise", undefined, /required/, /Simulator of a corporate network/),
  value("onPremise", "yes", /must be an object, is a string/, /that type/),
]);

describeRules("types and keys", [
  value("region", undefined, /required/, /AWS region of every stack/),
  value("region", true, /must be a string, is true/, /double quotes/),
  value("network", null, /must be an object, is null/, /that type/),
  value("network.corporateCidrs", "10.0.0.0/8", /must be a list, is a string/, /\[ … \]/),
  value("network.resolver.inbound", "true", /must be true or false, is a string/, /remove the quotes/),
  value("tags", ["a"], /must be an object, is a list/, /that type/),
  value("linesOfBusiness[0].users[0]", 7, /must be a string, is a number/, /double quotes/),
  value("regoin", "eu-west-1", /unknown key/, /known here: .*region/),
  value("network.resolver.outboundRule", [], /unknown key/, /known here/),
  value("linesOfBusiness[1].executionPolicies", [], /unknown key/, /did you mean executionPolicyArns\?/),
  value("linesOfBusiness[1].colour", "red", /unknown key/, /known here: .*domainName/),
  value("sharedServices.credentials", { profil: "x" }, /exactly one of profile and assumeRole/, /"profile"/),
  value("sharedServices.credentials", { profile: "x", assumeRole: "y" }, /exactly one/, /./),
  value("studio.$comment", 7, /a comment is text/, /string/),
]);

describe("unknown keys", () => {
  it("suggest the key that is missing", () => {
    const problems = problemsAfter((config) => {
      set(config, "dataRetention", undefined);
      set(config, "dataretention", "delete");
    });
    expect(problems.map(({ path, remedy }) => [path, remedy])).toEqual([
      ["dataRetention", expect.stringContaining("add it")],
      ["dataretention", "did you mean dataRetention?"],
    ]);
  });

  it("never show the value, which may be a secret", () => {
    const problems = problemsAfter((config) => {
      set(config, "linesOfBusiness[0].password", "hush");
      set(config, "sharedServices.credentials", { accessKey: "hush", secretKey: "hush" });
    });
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toContain("hush");
  });
});

describe("a text in a place where none belongs", () => {
  it.each<[string, unknown]>([
    ["studio", "hush"],
    ["network.lobSupernets", "hush"],
    ["studio.urlExpiresSeconds", "hush"],
    ["network.resolver.inbound", "hush"],
    ["sharedServices.credentials", "hush"],
    ["identity", "hush"],
    ["identity.provider", ["hush"]],
    ["region", ["hush"]],
    ["dataRetention", ["hush"]],
    ["tags", ["hush"]],
  ])("is not shown, since it may be a secret: %s", (path, text) => {
    const problems = problemsAfter((config) => {
      set(config, path, text);
    });
    expect(problems).toMatchObject([{ path, value: "(not shown)" }]);
    expect(JSON.stringify(problems)).not.toContain("hush");
  });

  it.each<[string, unknown, string]>([
    ["sharedServices.id", 222222222222, "222222222222"],
    ["identity.provider", "saml", '"saml"'],
    ["dataRetention", "burn", '"burn"'],
    ["organizationId", 7, "7"],
  ])("leaves values that are worth showing: %s", (path, value, shown) => {
    const problems = problemsAfter((config) => {
      set(config, path, value);
    });
    expect(problems).toMatchObject([{ path, value: shown }]);
  });
});

describe("names", () => {
  it("stay within the 64 characters of an IAM role's name, as long as the schema lets them be", () => {
    const [environment, lob] = ["x".repeat(12), `lob-${"x".repeat(20)}`];
    const problems = problemsAfter((config) => {
      config.environment = environment;
      config.linesOfBusiness[0]!.name = lob;
    });
    expect(problems).toEqual([]);
    expect(`studio-access-${environment}-${lob}-execution`.length).toBeLessThanOrEqual(64);
  });
});
