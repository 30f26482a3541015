import { sampleConfig } from "@studio-access/config/testing";

import { awsOptions } from "./aws-options";

describe("a command of the AWS CLI", () => {
  const config = sampleConfig();
  config.sharedServices.credentials = { profile: "shared" };
  config.linesOfBusiness[0]!.account.credentials = { assumeRole: "arn:aws:iam::222222222222:role/deploy" };

  it.each([
    ["with the config's profile", "111111111111", `--region ${config.region} --profile shared`],
    [
      "in whatever account the shell is where the config names a role",
      "222222222222",
      `--region ${config.region}`,
    ],
    ["in whatever account the shell is where the account is unknown", undefined, `--region ${config.region}`],
  ])("acts in the config's region, %s", (_what, account, options) => {
    expect(awsOptions(config, account)).toBe(options);
  });
});
