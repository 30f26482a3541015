import { reportTable } from "./report-table";
import type { StackReport, StackStatus } from "./stack-report";

function report(stack: string, status: StackStatus, more: Partial<StackReport> = {}): StackReport {
  return { stack, status, drift: [], pending: [], unclaimed: [], ...more };
}

const DRIFTED = report("networking", "drift", {
  drift: [
    {
      address: "aws_rule.r",
      constructPath: "networking/Hub/Rule",
      kind: "changed",
      attributes: [
        { attribute: "description", sensitive: false, before: "ours", after: "by hand" },
        { attribute: "key", sensitive: true },
        { attribute: "policy", sensitive: false, before: null, after: "x".repeat(100) },
      ],
    },
    { address: "aws_alarm.a", kind: "deleted", attributes: [] },
    {
      address: "aws_group.g",
      kind: "added to",
      account: "111111111111",
      attributes: [{ attribute: "ingress", sensitive: false, before: null, after: "tcp 22-22 0.0.0.0/0" }],
      remedies: [
        {
          what: "ingress tcp 22-22 0.0.0.0/0",
          undo: "aws ec2 revoke",
          keep: { type: "aws_rule", idCommand: "aws ec2 describe" },
        },
        {
          what: "route 0.0.0.0/0",
          undo: "aws ec2 delete",
          keep: { type: "aws_route", id: "rtb-1_0.0.0.0/0" },
        },
      ],
    },
  ],
});

/** The lines of the table that name a text. */
function linesWith(text: string, ...reports: readonly StackReport[]): readonly string[] {
  return reportTable(reports)
    .split("\n")
    .filter((line) => line.includes(text));
}

describe("the table", () => {
  it("shows the old and the new value of each attribute, shortened", () => {
    expect(linesWith("description: ours → by hand", DRIFTED)).toHaveLength(1);
    expect(linesWith("policy: (none) → xxx", DRIFTED)[0]).toContain("x…");
    expect(linesWith("x".repeat(60), DRIFTED)).toEqual([]);
  });

  it("shows only the names of sensitive attributes", () => {
    expect(linesWith("key", DRIFTED)[0]).toMatch(/key: \(sensitive\)$/);
  });

  it("distinguishes deleted resources from additions", () => {
    expect(linesWith("aws_alarm.a", DRIFTED)[0]).toContain("deleted");
    expect(linesWith("aws_group.g", DRIFTED)[0]).toContain("ingress: added tcp 22-22 0.0.0.0/0");
  });

  it("has a line for a stack without changes", () => {
    expect(linesWith("lob-a", report("lob-a", "clean"))).toEqual(["lob-a  clean"]);
  });

  it("fits the terminal, also with an error", () => {
    const failed = report("lob-a", "error", { error: `Error: ${"word ".repeat(60)}` });
    const [rows = ""] = reportTable([failed, DRIFTED], { columns: 80, colors: false }).split("\n\n");
    expect(Math.max(...rows.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("names constructs, and Terraform's address where the config has none", () => {
    expect(linesWith("networking/Hub/Rule", DRIFTED)).toHaveLength(1);
    expect(linesWith("aws_rule.r", DRIFTED)).toEqual([]);
    expect(linesWith("networking  drift   aws_alarm.a", DRIFTED)).toHaveLength(1);
  });
});

describe("the end of the table", () => {
  it("says that nothing changed", () => {
    expect(reportTable([report("access", "clean")])).toMatch(/\n\nNothing changed outside of Terraform\.$/);
  });

  it("says what each group of stacks means", () => {
    const text = reportTable([
      DRIFTED,
      report("access", "drift", { drift: DRIFTED.drift.slice(1, 2) }),
      report("lob-a", "pending", { pending: [{ address: "output.x", action: "update", attributes: [] }] }),
      report("lob-b", "not deployed"),
      report("lob-c", "error", { error: "Error: no" }),
    ]);
    expect(text.split("\n\n")[1]?.split("\n")).toEqual([
      "lob-c: could not be planned.",
      "networking access: changed outside of Terraform. A deploy puts back what changed or went; what was added stays.",
      "lob-a: as Terraform left it; the next deploy brings what the config has new.",
      "lob-b: not deployed.",
    ]);
  });
});

describe("the remedies", () => {
  it("are a deploy for what changed or went, and a command of its own for what was added", () => {
    expect(reportTable([DRIFTED]).split("\n\n").slice(2)).toEqual([
      [
        "networking, what changed or went:",
        "  undo: ./studio deploy networking",
        "  keep: write the present values into the config or the construct (take out what went), then ./studio deploy networking",
      ].join("\n"),
      [
        "aws_group.g, added ingress tcp 22-22 0.0.0.0/0, in account 111111111111:",
        "  undo: aws ec2 revoke",
        `  keep: declare it as aws_rule in the stack's code, with .importFrom("ID"), then ./studio deploy networking`,
        "        the ID: aws ec2 describe",
      ].join("\n"),
      [
        "aws_group.g, added route 0.0.0.0/0, in account 111111111111:",
        "  undo: aws ec2 delete",
        `  keep: declare it as aws_route in the stack's code, with .importFrom("rtb-1_0.0.0.0/0"), then ./studio deploy networking`,
      ].join("\n"),
    ]);
  });
});
