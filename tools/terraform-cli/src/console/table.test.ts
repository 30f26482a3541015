import { outcomeText, table, type Cell, type Screen } from "./table";

const PIPE: Screen = { columns: Infinity, colors: false };
const FAILED = { word: "failed", outcome: "failure" } as const;
const WARNED = { word: "look", outcome: "warning" } as const;
const FINE = { word: "ok", outcome: "success" } as const;

const RED = "\u001b[31m";

function lines(heads: readonly string[], rows: readonly (readonly Cell[])[], screen = PIPE): string[] {
  return table(heads, rows, screen).split("\n");
}

describe("a table", () => {
  it("has headings, no borders, and no spaces at the end of a line", () => {
    expect(
      lines(
        ["stack", "what"],
        [
          ["networking", "a"],
          ["access", ""],
        ],
      ),
    ).toEqual(["stack       what", "networking  a", "access"]);
  });

  it("is only its headings without rows", () => {
    expect(lines(["stack", "what"], [])).toEqual(["stack  what"]);
  });

  it("aligns columns of numbers to the right, with their headings", () => {
    expect(
      lines(
        ["n", "cells"],
        [
          ["a", 7],
          ["b", 1200],
        ],
      ),
    ).toEqual(["n  cells", "a      7", "b   1200"]);
  });

  it("shows failures first, then warnings, and keeps the order among them", () => {
    const rows = [
      ["a", FINE],
      ["b", FAILED],
      ["c", WARNED],
      ["d", ""],
      ["e", FAILED],
    ];
    expect(lines(["n", "result"], rows).map((line) => line[0])).toEqual(["n", "b", "e", "c", "a", "d"]);
  });

  it("keeps the lines of a text", () => {
    expect(lines(["n", "what", "z"], [["a", "one\ntwo", "z"]])).toEqual([
      "n  what  z",
      "a  one   z",
      "   two",
    ]);
  });

  it.each([80, 120])("fits a terminal of %i columns, and leaves nothing out", (columns) => {
    const arn = `arn:aws:iam::222222222222:role/${"x".repeat(150)}`;
    const words = "word ".repeat(60).trim();
    const text = lines(["check", "result", "detail"], [[arn, FAILED, words]], { columns, colors: false });
    expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(text.join("").match(/x/g)).toHaveLength(150);
    expect(text.join(" ").match(/\bword\b/g)).toHaveLength(60);
  });

  it("wraps the widest column and leaves the others", () => {
    expect(
      lines(["name", "what"], [["networking", "one two three"]], { columns: 20, colors: false }),
    ).toEqual(["name        what", "networking  one two", "            three"]);
  });

  it("colours the words of outcomes, and nothing else", () => {
    const rows = [["failed", FAILED]];
    expect(table(["n", "result"], rows, { columns: 80, colors: true })).toBe(
      `n       result\nfailed  ${RED}failed\u001b[39m`,
    );
    expect(table(["n", "result"], rows, PIPE)).not.toContain("\u001b");
  });
});

describe("a word of an outcome", () => {
  it("is coloured only where the screen has colours", () => {
    expect(outcomeText(FAILED, { columns: 80, colors: true })).toContain(RED);
    expect(outcomeText(FAILED, PIPE)).toBe("failed");
  });
});
