import { readdirSync } from "node:fs";
import { join } from "node:path";

import { FIXTURES, readFixture } from "@studio-access/plan-review/testing";

import { FIRST_DEPLOY } from "./config-scenarios";
import { SCENARIOS } from "./scenarios";

const ALL = [FIRST_DEPLOY, ...SCENARIOS];

describe("the recorded plans", () => {
  it("have one file per scenario, so that every plan can be recorded again", () => {
    const files = ALL.map(({ name }) => `${name}.json.gz`);
    expect(readdirSync(FIXTURES).sort()).toEqual(files.sort());
  });

  it("hold the stacks that their scenarios plan", () => {
    const recorded = ALL.map(({ name }) => readFixture(join(FIXTURES, `${name}.json.gz`)));
    expect(
      recorded.map(({ scenario, stacks }) => ({ scenario, stacks: stacks.map((each) => each.stack) })),
    ).toEqual(ALL.map(({ name, stacks }) => ({ scenario: name, stacks: Object.keys(stacks) })));
  });
});
