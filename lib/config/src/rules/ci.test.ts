import type { Config } from "../schema";
import { describeRules, type RuleCase } from "../testing/sample";

const CI: NonNullable<Config["ci"]> = {
  repository: "example/studio",
  defaultBranch: "main",
  deployEnvironment: "prod",
};

/** What the workflows need beside: state in S3, and a profile per account. */
function withCi(config: Config, ci: Config["ci"] = CI): void {
  config.state = { backend: "s3", bucket: "our-state", region: "eu-west-1" };
  config.sharedServices.credentials = { profile: "shared" };
  for (const { name, account } of config.linesOfBusiness) account.credentials = { profile: name };
  config.ci = ci;
}

const cases: readonly RuleCase[] = [
  ["take it whole", withCi],
  ["take a config without it", (config) => (config.ci = null)],
  [
    "take a repository whose tokens carry ids",
    (config) => {
      withCi(config, { ...CI, repository: "example@12/studio.git-tools@34" });
    },
  ],
  ...["studio", "example/", "example/studio:pull_request", "example/*", "example@12/studio", "-x/studio"].map(
    (repository): RuleCase => [
      `refuse ${repository} for a repository`,
      (config) => {
        withCi(config, { ...CI, repository });
      },
      ["ci.repository", /must be a repository/, /OWNER\/NAME/],
    ],
  ),
  ...["prod:eu", "prod eu", "*", "", "/prod"].map((deployEnvironment): RuleCase => [
    `refuse "${deployEnvironment}" for an environment`,
    (config) => {
      withCi(config, { ...CI, deployEnvironment });
    },
    ["ci.deployEnvironment", /letters, digits/, /such as main or prod/],
  ]),
  [
    "want a profile for each account",
    (config) => {
      withCi(config);
      config.sharedServices.credentials = { assumeRole: "arn:aws:iam::111111111111:role/deploy" };
      config.linesOfBusiness[1]!.account.credentials = {
        assumeRole: "arn:aws:iam::333333333333:role/deploy",
      };
    },
    ["sharedServices.credentials", /reached by a profile/, /write \{ "profile"/],
    ["linesOfBusiness[1].account.credentials", /reached by a profile/, /write \{ "profile"/],
  ],
  [
    "want the state in S3",
    (config) => {
      withCi(config);
      config.state = { backend: "local", directory: ".studio-access/state/test" };
    },
    ["state.backend", /kept in S3/, /docs\/state\.md/],
  ],
  [
    "want the state read as shared services",
    (config) => {
      withCi(config);
      config.state = { backend: "s3", bucket: "our-state", region: "eu-west-1", profile: "lob-a" };
    },
    ["state.profile", /roles of the shared-services account/, /write shared; or leave/],
  ],
  [
    "know each account that has the provider",
    (config) => {
      withCi(config, { ...CI, accountsWithProvider: ["222222222222", "999999999999"] });
    },
    ["ci.accountsWithProvider[1]", /an account of this config/, /correct the id/],
  ],
];

describeRules("the workflows' settings", cases);
