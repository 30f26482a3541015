import { launchChromium } from "@studio-access/verify/chromium";

import { jsonReport, markdownReport } from "../report";
import { review } from "../review";
import { realPlan } from "./real-plan";
import { rendered } from "./rendered";

/** `npm run -w tools/plan-review picture -- SCENARIO FILE.png`: the comment as a reader sees it, unfolded. */
async function run([name, file]: readonly string[]): Promise<void> {
  if (name === undefined || file === undefined)
    throw new Error("Give a scenario and a file for its picture.");
  const context = realPlan(name);
  const reviewed = review(context);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 860, height: 600 } });
    await page.setContent(rendered(markdownReport(reviewed, context.config), { open: true }));
    await page.screenshot({ path: file, fullPage: true });
  } finally {
    await browser.close();
  }
  process.stderr.write(`${file}: ${jsonReport(reviewed, context.config).verdict}\n`);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
