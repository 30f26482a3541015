import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rulesTable } from "./documentation";

const PAGE = join(__dirname, "..", "..", "..", "..", "docs", "plan-review.md");

/** Prettier pads cells, so only their text is compared. */
function cells(text: string): readonly string[] {
  const rows = text.split("\n").filter((line) => /^\| (`[a-z-]+`|rule) /.test(line));
  return rows.map((row) => row.replace(/ +/g, " "));
}

describe("docs/plan-review.md", () => {
  it("lists every rule as it is", () => {
    const page = cells(readFileSync(PAGE, "utf8"));
    expect(page.length).toBeGreaterThan(15);
    expect(page).toEqual(cells(rulesTable()));
  });
});
