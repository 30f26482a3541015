import { describeRules, problemsAfter, sampleLob } from "../testing/sample";
import type { Config } from "../schema";

describeRules("accounts", [
  [
    "a LOB in the shared services account",
    (config) => {
      config.linesOfBusiness[1]!.account = config.sharedServices;
    },
    ["linesOfBusiness[1].account.id", /account that no LOB has/, /sharedServices\.id is the same/],
  ],
  [
    "two LOBs in one account",
    (config) => {
      config.linesOfBusiness[1]!.account = config.linesOfBusiness[0]!.account;
    },
    [
      "linesOfBusiness[1].account.id",
      /one account holds one LOB.*Transit Gateway/,
      /linesOfBusiness\[0\]\.account\.id is/,
    ],
  ],
  [
    "a role of another account",
    (config) => {
      config.sharedServices.credentials = { assumeRole: "arn:aws:iam::999999999999:role/deploy" };
    },
    ["sharedServices.credentials.assumeRole", /one of account 111111111111/, /correct sharedServices\.id/],
  ],
  [
    "one profile for two accounts",
    (config) => {
      config.linesOfBusiness[0]!.account.credentials = { profile: "lob" };
      config.linesOfBusiness[1]!.account.credentials = { profile: "lob" };
    },
    [
      "linesOfBusiness[1].account.credentials.profile",
      /leads to one account/,
      /linesOfBusiness\[0\]\.account/,
    ],
  ],
  [
    "a policy of another account",
    (config) => {
      config.linesOfBusiness[0]!.executionPolicyArns = ["arn:aws:iam::999999999999:policy/data"];
    },
    ["linesOfBusiness[0].executionPolicyArns[0]", /own account, 222222222222/, /in account 222222222222/],
  ],
  [
    "101 LOB accounts without an organization",
    (config) => {
      manyLobs(config, 101);
    },
    ["organizationId", /past 100 LOB accounts \(here 101\)/, /id of the AWS Organization/],
  ],
  [
    "names that are too long for so many LOBs without an organization",
    (config) => {
      manyLobs(config, 100);
      for (const [index, lob] of config.linesOfBusiness.entries())
        lob.name = `lob-${String(index).padStart(20, "x")}`;
    },
    ["organizationId", /lists every role that it assumes, here in 1\d{4} characters/, /shorten names/],
  ],
  [
    "groups of so many LOBs that their second roles find no room without an organization",
    (config) => {
      manyLobs(config, 55);
      for (const [index, lob] of config.linesOfBusiness.entries()) lob.groups = [`group-${index}`];
    },
    ["organizationId", /lists every role that it assumes, here in 9\d{3} characters/, /split the LOBs/],
  ],
  [
    "100 LOB accounts without an organization",
    (config) => {
      manyLobs(config, 100);
    },
  ],
  [
    "101 LOB accounts in an organization",
    (config) => {
      manyLobs(config, 101);
      config.organizationId = "o-exampleorgid";
    },
  ],
]);

function manyLobs(config: Config, count: number): void {
  config.linesOfBusiness = Array.from({ length: count }, (_, i) =>
    sampleLob(`lob-${i}`, `${222222222222 + i}`, `10.${100 + (i >> 6)}.${(i & 63) * 4}.0/22`),
  );
}

describe("1,000 lines of business", () => {
  it("are valid in an organization", () => {
    const problems = problemsAfter((config) => {
      manyLobs(config, 1000);
      config.organizationId = "o-exampleorgid";
      config.network.zoneSharing = "profile";
    });
    expect(problems).toEqual([]);
  });
});
