import type { ReviewJson } from "@studio-access/plan-review";

import { EXIT_CODES, terminalReport } from "./terminal-report";

const COUNTS = { add: 1, change: 0, replace: 0, destroy: 0, forget: 0, import: 0, move: 0 };
const REVIEW: ReviewJson = {
  version: 1,
  environment: "local",
  verdict: "blocked",
  findings: [
    {
      rule: "trust",
      severity: "block",
      stack: "lob-a",
      address: "aws_iam_role.R",
      message: "Anybody.",
      remedy: "Do not.",
    },
  ],
  cost: null,
  stacks: [
    { stack: "lob-a", failure: null, terraformVersion: "1.11.4", counts: COUNTS, changes: [], outputs: [] },
    {
      stack: "lob-b",
      failure: { kind: "missing", message: "Error: no\nreally" },
      terraformVersion: "",
      counts: COUNTS,
      changes: [],
      outputs: [],
    },
  ],
};

describe("the report of npm run plan", () => {
  it("has a line per stack, the failures, the findings and the verdict", () => {
    const report = terminalReport(REVIEW);
    expect(report).toMatch(/^lob-a +made +1 +0 /m);
    expect(report).toMatch(/^lob-b +missing /m);
    expect(report).toContain("✖ lob-b: Error: no\n    really\n");
    expect(report).toContain("✖ trust in lob-a, aws_iam_role.R: Anybody. Do not.");
    expect(report).toMatch(/\nBlocked\.$/);
  });

  it("ends as terraform plan -detailed-exitcode does, and with 3 when it is blocked", () => {
    expect(EXIT_CODES).toEqual({ "no-changes": 0, failed: 1, changes: 2, blocked: 3 });
  });
});
