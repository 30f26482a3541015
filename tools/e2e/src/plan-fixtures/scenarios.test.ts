import { readdirSync } from "node:fs";
import { join } from "node:path";

import { FIXTURES, readFixture } from "@studio-access/plan-review/testing";

import { FIRST_DEPLOY } from "./config-scenarios";
import { SCENARIOS } from "./scenarios";

const ALL = [FIRST_DEPLOY, ...SCENARIOS];

describe("the recorded plans", () => {
  it("are those of the scenarios, one file each: what nobody can record again is no real plan", () => {
    const files = ALL.map(({ name }) => `${name}.json.gz`);
    expect(readdirSync(FIXTURES).sort()).toEqual(files.sort());
  });

  it("are of the stacks that their scenarios plan", () => {
    const recorded = ALL.map(({ name }) => readFixture(join(FIXTURES, `${name}.json.gz`)));
    expect(
      recorded.map(({ scenario, stacks }) => ({ scenario, stacks: stacks.map((each) => each.stack) })),
    ).toEqual(ALL.map(({ name, stacks }) => ({ scenario: name, stacks: Object.keys(stacks) })));
  });
});
