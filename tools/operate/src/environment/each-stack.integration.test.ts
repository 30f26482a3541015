import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { chosenStacks, plansAtOnce } from "./each-stack";

const GIGABYTE = 1024 ** 3;

describe("the number of plans at a time", () => {
  it.each([
    ["memory is short", { freeBytes: 2 * GIGABYTE, processors: 8 }, 2],
    ["there is hardly any memory", { freeBytes: GIGABYTE / 4, processors: 8 }, 1],
    ["there are few processors", { freeBytes: 64 * GIGABYTE, processors: 2 }, 4],
    ["there is plenty of both", { freeBytes: 64 * GIGABYTE, processors: 64 }, 8],
  ])("fits the machine when %s", (_when, machine, plans) => {
    expect(plansAtOnce(machine)).toBe(plans);
  });
});

describe("the chosen stacks", () => {
  const all = ["networking", "access", "lob-a"];

  it("are all stacks when none is named, and keep their order", () => {
    expect(chosenStacks(all, undefined)).toEqual(all);
    expect(chosenStacks(all, [])).toEqual(all);
    expect(chosenStacks(all, ["lob-a", "networking"])).toEqual(["networking", "lob-a"]);
  });

  it("are refused when one of them does not exist", () => {
    expect(() => chosenStacks(all, ["lob-x"])).toThrow(
      "The config has no stack lob-x; it has networking, access, lob-a.",
    );
  });
});

/** Output, without a terminal, of a program that runs this work for three stacks; its last line holds the results. */
function printed(work: string): string {
  const script = `
    const { forEachStack } = require(${JSON.stringify(join(__dirname, "each-stack.ts"))});
    forEachStack(["networking", "access", "lob-a"], ${work}, 1).then(
      (results) => console.log(results.join()),
      (error) => console.log(error.message),
    );`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--eval", script], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    timeout: 60_000,
  });
  return stderr + stdout;
}

describe("work for each stack", () => {
  it("shows a failed stack as failed, and goes on with the others", () => {
    const work = '(name) => Promise.resolve({ result: `${name}!`, failed: name === "access" })';
    const lines = printed(work);
    expect(lines).toMatch(/✖ access \[FAILED\]/);
    expect(lines).not.toMatch(/✔ access/);
    expect(lines).toMatch(/✔ networking[^]*✔ lob-a[^]*\nnetworking!,access!,lob-a!\n$/);
  });

  it("ends with the error of the first stack without a result", () => {
    const work = '(name) => Promise.reject(new Error("no Terraform"))';
    expect(printed(work)).toMatch(/✖ networking[^]*\nno Terraform\n$/);
    expect(printed(work)).not.toContain("access");
  });
});
