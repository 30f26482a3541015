import { fail, ok, warn } from "./finding";
import { reportTable, wrapped } from "./report-table";

const FINDINGS = [
  ok("Node.js", "20.20.2"),
  warn("organization (lob-a)", "in o-exampleorg1; the config says null", "write o-exampleorg1"),
  fail(
    "credentials (lob-a)",
    `role arn:aws:iam::222222222222:role/${"x".repeat(80)}`,
    "correct linesOfBusiness[0].account.id",
  ),
];

describe("the table", () => {
  it("shows each finding with its remedy, and counts them", () => {
    const text = reportTable(FINDINGS);
    expect(text).toMatch(/organization \(lob-a\) +│ warn +│ in o-exampleorg1;.*│ write o-exampleorg1/);
    expect(text).toMatch(/\n\n1 ok, 1 to look at, 1 failed$/);
  });

  it.each([100, 160, 240])("fits a terminal of %i columns without truncating text", (columns) => {
    const text = reportTable(FINDINGS, columns);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(text).not.toContain("…");
    expect(text.match(/x/g)?.length).toBe(82);
  });
});

describe("a wrapped text", () => {
  it.each([
    ["a few words", 20, "a few words"],
    ["a few words", 6, "a few\nwords"],
    ["abcdefgh", 3, "abc\ndef\ngh"],
    ["see abcdefgh now", 4, "see\nabcd\nefgh\nnow"],
    ["", 4, ""],
  ])("of %j at width %i is %j", (text, width, expected) => {
    expect(wrapped(text, width)).toBe(expected);
  });
});
