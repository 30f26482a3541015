import { sampleConfig } from "@studio-access/config/testing";

import { flagsFor } from "./cdktf";

const folders = { config: sampleConfig() };

const ALONE = "--ignore-missing-stack-dependencies";

describe("the flags of cdktf", () => {
  it.each<[string, readonly string[], boolean]>([
    ["a deploy of everything", ["networking", "access", "lob-a"], false],
    ["a deploy without a stack that one of these depends on", ["access", "lob-a"], true],
  ])("ignore missing dependencies only when needed: %s", (_what, stacks, isLifted) => {
    expect(flagsFor("deploy", stacks, { folders }).includes(ALONE)).toBe(isLifted);
  });

  it.each([[["lob-a"]], [["lob-a", "lob-b"]], [["access", "lob-a"]]])(
    "never ignore missing dependencies for a destroy, which cdktf would start again and again: %j",
    (stacks) => {
      expect(flagsFor("destroy", stacks, { folders })).toEqual(["--auto-approve", "--skip-provider-lock"]);
    },
  );

  it("limit the number of Terraform processes", () => {
    expect(flagsFor("destroy", ["lob-a"], { folders, parallelism: 4 })).toEqual([
      "--auto-approve",
      "--skip-provider-lock",
      "--parallelism",
      "4",
    ]);
  });
});
