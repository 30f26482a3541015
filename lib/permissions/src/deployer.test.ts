import { sampleConfig } from "@studio-access/config/testing";

import { deployerPolicies } from "./index";

/** AWS's limit for a managed policy, in characters without white space. */
const LARGEST_POLICY = 6144;

const CI = { repository: "example/studio", defaultBranch: "main", deployEnvironment: "prod" };

function statementsOf(config: Parameters<typeof deployerPolicies>[0], account: string): readonly string[] {
  const found = deployerPolicies(config).find((each) => each.account === account);
  return Object.values(found?.policies ?? {}).flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
}

describe("the policies of who deploys by hand", () => {
  it("are two per account, each with its account's id", () => {
    expect(deployerPolicies(sampleConfig()).map(({ account, accountId }) => [account, accountId])).toEqual([
      ["shared-services", "111111111111"],
      ["lob-a", "222222222222"],
      ["lob-b", "333333333333"],
    ]);
  });

  it("fit a managed policy", () => {
    const s3 = { backend: "s3", bucket: "our-state", region: "eu-west-1", kmsKeyId: undefined } as const;
    for (const { policies } of deployerPolicies({ ...sampleConfig(), state: s3 }))
      for (const policy of Object.values(policies))
        expect(JSON.stringify(policy).length).toBeLessThanOrEqual(LARGEST_POLICY);
  });

  it("reach the state in S3 from the shared-services account alone", () => {
    const s3 = { backend: "s3", bucket: "our-state", region: "eu-west-1", kmsKeyId: undefined } as const;
    const config = { ...sampleConfig(), state: s3 };
    expect(statementsOf(config, "shared-services")).toContain("WriteState");
    expect(statementsOf(config, "lob-a")).not.toContain("WriteState");
  });

  it("ask for the boundary only where the config has one", () => {
    expect(statementsOf(sampleConfig(), "lob-a")).toContain("MakeRoles");
    expect(statementsOf({ ...sampleConfig(), ci: CI }, "lob-a")).toContain("MakeRolesWithinBoundary");
  });
});
