import { launchChromium } from "@studio-access/verify/chromium";
import type { Browser, Page } from "playwright-core";

import { parsePlan } from "../model";
import { review } from "../review";
import type { Config } from "@studio-access/config";
import type { Rule } from "../rules/rule";
import { realPlan } from "../testing/real-plan";
import { rendered } from "../testing/rendered";
import { markdownReport } from "./markdown-report";

jest.setTimeout(60_000);

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
});

async function show(markdown: string): Promise<void> {
  page = await browser.newPage({ viewport: { width: 860, height: 600 } });
  await page.setContent(rendered(markdown));
}

afterEach(async () => {
  await page.close();
});

/** What somebody might put into a tag or a description to make a report say something else. */
const HOSTILE = [
  "</details></summary><h1>approved</h1>",
  "<img src=x onerror=alert(1)> | <script>alert(1)</script>",
  "``` \n## approved\n```",
  "[approve](https://example.com) @everybody #1 ![x](y)",
  "| a | b |\n| - | - |",
  "*x* _y_ ~~z~~ &lt;b&gt; \\` ` ``",
];

const echo: Rule = {
  name: "echo",
  severity: "block",
  description: "Repeats what there is.",
  check: ({ stacks }) =>
    stacks.flatMap(({ stack }) =>
      HOSTILE.map((text) => ({
        rule: "echo",
        severity: "block",
        stack,
        message: text,
        details: [text],
        remedy: text,
      })),
    ),
};

function hostileReport(): string {
  const tags = Object.fromEntries(HOSTILE.map((text, index) => [`${text}${index}`, text]));
  const plan = parsePlan({
    stack: "lob-a",
    error: HOSTILE.join("\n"),
    plan: {
      format_version: "1.2",
      resource_changes: HOSTILE.map((text, index) => ({
        address: `aws_thing.T${index}["${text}"]`,
        mode: "managed",
        type: "aws_thing",
        name: `T${index}`,
        change: { actions: ["create"], before: null, after: { description: text, list: HOSTILE, tags } },
      })),
    },
  });
  // A report reads only the environment's name and the values of a config.
  const config = { environment: "test" } as unknown as Config;
  return markdownReport(
    review({ stacks: [plan], config }, [echo], () => undefined),
    config,
  );
}

describe("a report in a browser", () => {
  it("is what the report says, whatever texts it quotes", async () => {
    await show(hostileReport());
    expect(await page.locator("script, img, iframe, a").count()).toBe(0);
    expect(await page.locator("h1, del, em").count()).toBe(0);
    expect(await page.locator("h2, h3").allTextContents()).toEqual([
      "Plan of test: ❌ not every stack could be planned",
      "Not planned",
      `Blocks (${HOSTILE.length})`,
    ]);
    expect(await page.locator("table").count()).toBe(1);
    expect(await page.locator("details").count()).toBe(1);
    expect(await page.locator("details pre").count()).toBe(HOSTILE.length);
  });

  it("mentions nobody: whatever holds an @ is code", async () => {
    await show(hostileReport());
    const outside = await page.evaluate<string>(
      `(() => { document.querySelectorAll("code").forEach((each) => each.remove()); return document.body.innerText; })()`,
    );
    expect(outside).not.toContain("@");
  });

  it("folds the changes of each stack, and fits the width of a comment", async () => {
    const context = realPlan("lob-added");
    await show(
      markdownReport(
        review(context, [], () => undefined),
        context.config,
      ),
    );
    expect(await page.locator("details:not([open])").count()).toBe(3);
    const summaries = await page.locator("summary").allTextContents();
    expect(summaries.map((text) => text.split(":")[0])).toEqual(["networking", "access", "lob-c"]);
    const isWider = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
    expect(await page.evaluate<boolean>(isWider)).toBe(false);
  });
});
