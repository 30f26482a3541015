import type { Problem } from "../problem";
import type { Config } from "../schema";
import { validate } from "../validate";

/** A valid config, new on each call, for tests to change. */
export function sampleConfig(): Config {
  return {
    environment: "test",
    region: "eu-west-1",
    availabilityZoneIds: ["euw1-az1", "euw1-az2"],
    organizationId: null,
    state: { backend: "local", directory: ".studio-access/state/test" },
    sharedServices: sampleAccount("111111111111"),
    network: {
      hubCidr: "10.0.0.0/16",
      accessCidr: "10.17.0.0/16",
      lobSupernets: ["10.96.0.0/11"],
      corporateCidrs: ["192.168.10.0/24"],
      resolver: { inbound: true, outboundRules: [] },
      additionalEndpoints: ["kms"],
    },
    studio: { urlExpiresSeconds: 20, sessionExpiresSeconds: 14400, idleShutdownMinutes: 120 },
    identity: { provider: "cognito", callbackUrls: ["https://localhost/callback"], accessTokenMinutes: 15 },
    linesOfBusiness: [
      sampleLob("lob-a", "222222222222", "10.100.0.0/16", ["ann", "bob"]),
      sampleLob("lob-b", "333333333333", "10.101.0.0/16", ["cai"]),
    ],
    onPremise: null,
    dataRetention: "delete",
    logRetentionDays: 30,
    lambdaRuntime: "nodejs22.x",
    tags: { CostCenter: "platform" },
  };
}

/** A valid line of business. */
export function sampleLob(
  name: string,
  accountId: string,
  cidr: string,
  users: string[] = [],
): Config["linesOfBusiness"][number] {
  return { name, account: sampleAccount(accountId), cidr, domainName: `studio-${name}`, users };
}

function sampleAccount(id: string): Config["sharedServices"] {
  return { id, credentials: { assumeRole: `arn:aws:iam::${id}:role/deploy` } };
}

/** The problems of the sample after a change. The change may break the sample's type, with Object.assign. */
export function problemsAfter(change: (config: Config) => void): readonly Problem[] {
  const config = sampleConfig();
  change(config);
  const validation = validate(config);
  return "problems" in validation ? validation.problems : [];
}

/** A row of a table of rules: its name, the change, and the exact problems that must follow, in order. */
export type RuleCase = readonly [
  name: string,
  change: (config: Config) => void,
  ...problems: (readonly [path: string, rule: RegExp, remedy: RegExp])[],
];

/** Checks one row: the paths exactly, the texts by their words. */
export function expectProblems([, change, ...expected]: RuleCase): void {
  const problems = problemsAfter(change);
  expect(problems.map(({ path }) => path)).toEqual(expected.map(([path]) => path));
  expected.forEach(([, rule, remedy], index) => {
    expect(problems[index]?.rule).toMatch(rule);
    expect(problems[index]?.remedy).toMatch(remedy);
  });
}

/** Runs a table of rules, one test a row. */
export function describeRules(title: string, cases: readonly RuleCase[]): void {
  describe(title, () => {
    it.each(cases.map((row) => [row[0], row] as const))("%s", (_name, row) => {
      expectProblems(row);
    });
  });
}
