import { outcomeText } from "./outcome-text";

describe("the end of a deploy", () => {
  it("says what became of each stack, failures last", () => {
    expect(
      outcomeText([
        { stack: "networking", outcome: "no changes" },
        { stack: "access", outcome: "failed", reason: "Error: no\nreally" },
        { stack: "lob-a", outcome: "not begun", reason: "it reads access" },
        { stack: "on-premise", outcome: "applied" },
      ]),
    ).toBe(
      [
        "✔ on-premise  applied",
        "· networking  no changes",
        "- lob-a       not begun: it reads access",
        "✖ access      failed: Error: no",
        "    really",
        "",
        "When the cause is mended: ./studio deploy access lob-a",
      ].join("\n"),
    );
  });

  it("says no more where nothing failed", () => {
    expect(outcomeText([{ stack: "lob-a", outcome: "applied" }])).toBe("✔ lob-a  applied");
  });
});
