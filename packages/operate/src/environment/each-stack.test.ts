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
