import { ConfigError, formatReport } from "./report";

const PROBLEMS = [
  { path: "region", value: '"mars-1"', rule: "must be a region", remedy: "write eu-west-1" },
  { path: "", value: "", rule: "the file must exist", remedy: "make it" },
];

describe("formatReport", () => {
  it("counts the problems, and gives three lines to each", () => {
    const lines = formatReport("config/x.json", PROBLEMS).split("\n");
    expect(lines[0]).toBe("config/x.json: 2 problems");
    expect(lines).toContain('1. region = "mars-1"');
    expect(lines).toContain("   rule:   must be a region");
    expect(lines).toContain("   remedy: write eu-west-1");
  });

  it("leaves the place out where a problem has none", () => {
    expect(formatReport("x", PROBLEMS.slice(1)).split("\n")).toEqual([
      "x: 1 problem",
      "",
      "1. the file must exist",
      "   remedy: make it",
    ]);
  });
});

describe("ConfigError", () => {
  it("carries the problems, and the report as its message", () => {
    const error = new ConfigError("config/x.json", PROBLEMS);
    expect(error.problems).toBe(PROBLEMS);
    expect(error.message).toBe(formatReport("config/x.json", PROBLEMS));
    expect(error.name).toBe("ConfigError");
  });
});
