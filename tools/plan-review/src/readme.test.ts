import { readFileSync } from "node:fs";
import { join } from "node:path";

import { DEFAULT_SETTINGS, rulesFor } from "./exceptions";
import { markdownReport } from "./report";
import { review } from "./review";

import { realPlan } from "./testing/real-plan";

const ROOT = join(__dirname, "..", "..", "..");

/** What a README quotes, without its quotation marks and empty lines. */
function quotedIn(file: string): readonly string[] {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  return lines.filter((line) => line.startsWith(">")).map((line) => line.replace(/^> ?/, ""));
}

function said(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== "");
}

describe("the report that is shown", () => {
  const context = realPlan("presign-condition-removed");
  const real = review(context, rulesFor(DEFAULT_SETTINGS, "2026-11-22"));
  const lines = said(markdownReport(real, context.config).split("\n"));

  it("in the README of this package is the one of the recorded plan", () => {
    expect(said(quotedIn("tools/plan-review/README.md"))).toEqual(lines);
  });

  it("in the README of the project is its beginning", () => {
    const shown = said(quotedIn("README.md"));
    expect(shown.length).toBeGreaterThan(5);
    expect(shown).toEqual(lines.slice(0, shown.length));
  });
});
