import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { chosenStacks, plansAtOnce } from "./each-stack";

const GIGABYTE = 1024 ** 3;

describe("plans at once", () => {
  it.each([
    ["memory is short", { freeBytes: 2 * GIGABYTE, processors: 8 }, 2],
    ["there is hardly any memory", { freeBytes: GIGABYTE / 4, processors: 8 }, 1],
    ["there are few processors", { freeBytes: 64 * GIGABYTE, processors: 2 }, 4],
    ["there is plenty of both", { freeBytes: 64 * GIGABYTE, processors: 64 }, 8],
  ])("are as many as do no harm when %s", (_when, machine, plans) => {
    expect(plansAtOnce(machine)).toBe(plans);
  });
});

describe("the stacks that were asked for", () => {
  const all = ["networking", "access", "lob-a"];

  it("are all where none was named, and keep their order", () => {
    expect(chosenStacks(all, undefined)).toEqual(all);
    expect(chosenStacks(all, [])).toEqual(all);
    expect(chosenStacks(all, ["lob-a", "networking"])).toEqual(["networking", "lob-a"]);
  });

  it("are refused when there is no such stack", () => {
    expect(() => chosenStacks(all, ["lob-x"])).toThrow(
      "The config has no stack lob-x; it has networking, access, lob-a.",
    );
  });
});

/** What a program prints, without a terminal, that does something with three stacks; the results are its last line. */
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

describe("what is done with each stack", () => {
  it("shows one that fails as failed, and goes on with the others", () => {
    const work = '(name) => Promise.resolve({ result: `${name}!`, failed: name === "access" })';
    const lines = printed(work);
    expect(lines).toMatch(/✖ access \[FAILED\]/);
    expect(lines).not.toMatch(/✔ access/);
    expect(lines).toMatch(/✔ networking[^]*✔ lob-a[^]*\nnetworking!,access!,lob-a!\n$/);
  });

  it("ends with the error of the first that has no result", () => {
    const work = '(name) => Promise.reject(new Error("no Terraform"))';
    expect(printed(work)).toMatch(/✖ networking[^]*\nno Terraform\n$/);
    expect(printed(work)).not.toContain("access");
  });
});
