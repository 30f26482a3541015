import { fail, ok, warn } from "./finding";
import { reportTable } from "./report-table";

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
  it("shows each finding with its remedy below it, failures first, and counts them", () => {
    const lines = reportTable(FINDINGS).split("\n");
    expect(lines.slice(1).map((line) => line.replaceAll(/ {2,}/g, " | "))).toEqual([
      expect.stringMatching(/^fail \| credentials \(lob-a\) \| role arn/),
      " | → correct linesOfBusiness[0].account.id",
      "warn | organization (lob-a) | in o-exampleorg1; the config says null",
      " | → write o-exampleorg1",
      "ok | Node.js | 20.20.2",
      "",
      "1 ok, 1 to look at, 1 failed",
    ]);
  });

  it.each([80, 120])("fits a terminal of %i columns without truncating text", (columns) => {
    const text = reportTable(FINDINGS, { columns, colors: false });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(text.match(/x/g)?.length).toBe(82);
  });
});
