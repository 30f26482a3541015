import type { Config } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import { configReport } from "./report";
import { summaryOf } from "./summary";

function reportOf(change: (config: Config) => void = () => undefined): string {
  const config = sampleConfig();
  change(config);
  return configReport("config/test.json", summaryOf(config), { columns: 80, colors: false });
}

describe("the report on a config", () => {
  it("names the profile of a user whom the provider calls otherwise", () => {
    const report = reportOf((config) => {
      config.linesOfBusiness[1]!.users = ["c.d@e.com"];
    });
    expect(report.replace(/\s+/g, " ")).toContain("c.d@e.com (profile m--c--d---e--com)");
  });

  it("shows environment, stacks in order, accounts, ranges and users", () => {
    expect(reportOf()).toBe(`config/test.json: no problems

setting          value
environment      test, in eu-west-1 (euw1-az1, euw1-az2)
organization     none: networking and access name each account
state            files in .studio-access/state/test
users sign in    with the Cognito stand-in
users' networks  192.168.10.0/24
LOBs' ranges     from 10.96.0.0/11; the next: 10.96.0.0/16
a destroy        deletes data

stack, in order  account       range          deployed by
networking       111111111111  10.0.0.0/16
access           111111111111  10.17.0.0/16
lob-a            222222222222  10.100.0.0/16
lob-b            333333333333  10.101.0.0/16

account of       id            reached by
shared-services  111111111111  role deploy
lob-a            222222222222  role deploy
lob-b            333333333333  role deploy

LOB    Studio domain  count  users
lob-a  studio-lob-a       2  ann, bob
lob-b  studio-lob-b       1  cai`);
  });

  it("shows what a real environment has", () => {
    const report = reportOf((config) => {
      config.organizationId = "o-abcdefghij";
      config.state = { backend: "s3", bucket: "states", region: "eu-west-1" };
      config.stateBucket = true;
      config.dataRetention = "retain";
      config.sharedServices.credentials = { profile: "shared" };
      config.network.lobSupernets = ["10.100.0.0/15"];
      config.onPremise = { cidr: "192.168.10.0/24" };
      config.ci = { repository: "a/b", defaultBranch: "main", deployEnvironment: "prod" };
    });
    for (const line of [
      "organization     o-abcdefghij",
      "state            bucket states in eu-west-1",
      "LOBs' ranges     from 10.100.0.0/15; the next: none is free",
      "a destroy        refuses to delete data",
      "state            111111111111                   an administrator",
      "on-premise       111111111111  192.168.10.0/24",
      "ci-access-lob-b  333333333333                   an administrator",
      "shared-services  111111111111  profile shared",
    ])
      expect(`${report}\n`.split("\n")).toContain(line);
  });

  it("fits 80 columns, however many users there are", () => {
    const report = reportOf((config) => {
      config.linesOfBusiness[0]!.users = Array.from({ length: 99 }, (_, index) => `somebody-${index}`);
      config.network.corporateCidrs = Array.from({ length: 30 }, (_, index) => `192.168.${index}.0/24`);
    });
    expect(Math.max(...report.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(report).toContain("somebody-98");
  });
});

describe("the summary of a config", () => {
  it("names for machines what each stack reads", () => {
    expect(summaryOf(sampleConfig()).stacks[2]).toEqual({
      name: "lob-a",
      accountId: "222222222222",
      cidr: "10.100.0.0/16",
      deployedBy: "workflow",
      dependencies: ["networking", "access"],
    });
  });
});
