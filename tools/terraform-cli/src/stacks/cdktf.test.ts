import { sampleConfig } from "@studio-access/config/testing";

import { flagsFor } from "./cdktf";

const folders = { config: sampleConfig() };

const ALONE = "--ignore-missing-stack-dependencies";

describe("the flags of cdktf", () => {
  it.each<[string, readonly string[], boolean]>([
    ["a deploy of everything", ["networking", "access", "lob-a"], false],
    ["a deploy without a stack that one of these reads", ["access", "lob-a"], true],
  ])("lift the check of dependencies where it has to be: %s", (_what, stacks, isLifted) => {
    expect(flagsFor("deploy", stacks, { folders }).includes(ALONE)).toBe(isLifted);
  });

  it.each([[["lob-a"]], [["lob-a", "lob-b"]], [["access", "lob-a"]]])(
    "never lift it for a destroy, which cdktf would start without end: %j",
    (stacks) => {
      expect(flagsFor("destroy", stacks, { folders })).toEqual(["--auto-approve"]);
    },
  );

  it("bound the number of Terraform processes", () => {
    expect(flagsFor("destroy", ["lob-a"], { folders, parallelism: 4 })).toEqual([
      "--auto-approve",
      "--parallelism",
      "4",
    ]);
  });
});
