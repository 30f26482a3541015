import { browserUrl } from "@studio-access/local-aws";
import type { LocalDeployment } from "@studio-access/local-deployment";
import { launchChromium } from "@studio-access/verify/chromium";
import type { Browser, Page } from "playwright-core";

/** Opens the portal's address in a browser, as each user signs in, and is in that user's own Studio. */
export async function portalLeadsToStudio(deployment: LocalDeployment): Promise<void> {
  await inBrowser(async (browser) => {
    for (const { user, password, lob } of await deployment.signIns()) {
      const page = await (await browser.newContext()).newPage();
      const complaints = complaintsOf(page);
      await signIn(page, await address(deployment), user, password);
      await page.waitForURL(/^http:\/\/d-\w+\.studio\.eu-west-1\.sagemaker\.aws\.on-premise\.localhost:/);
      const { outputs } = await deployment.state(lob);
      expect(await page.locator("#profile").textContent()).toBe(user);
      expect(await page.locator("#domain").textContent()).toBe(outputs["domain_id"]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
}

/** A wrong password leads nowhere, and from the internet there is no page. */
export async function portalRefuses(deployment: LocalDeployment): Promise<void> {
  await inBrowser(async (browser) => {
    const page = await (await browser.newContext()).newPage();
    const [first] = await deployment.signIns();
    await signIn(page, await address(deployment), first?.user ?? "", "not the password");
    await page.getByText("Incorrect username or password.").waitFor();
    const answer = await page.goto(await address(deployment, "internet"));
    expect(answer?.status()).toBe(403);
  });
}

/** The same by any address, for each user: the page leads to a Studio domain, in that user's own name. */
export async function portalOpensStudio(
  portal: string,
  signIns: readonly { readonly user: string; readonly password: string }[],
): Promise<void> {
  await inBrowser(async (browser) => {
    for (const { user, password } of signIns) {
      const page = await (await browser.newContext()).newPage();
      const complaints = complaintsOf(page);
      await signIn(page, portal, user, password);
      await page.waitForURL(/^http:\/\/d-\w+\.studio\.eu-west-1\.sagemaker\.aws\.on-premise\.localhost:/);
      expect(await page.locator("#profile").textContent()).toBe(user);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
}

/** The status that a browser sees at an address. */
export async function statusOf(url: string): Promise<number | undefined> {
  let status: number | undefined;
  await inBrowser(async (browser) => {
    status = (await (await browser.newPage()).goto(url))?.status();
  });
  return status;
}

async function inBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await launchChromium();
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

async function address(deployment: LocalDeployment, from?: string): Promise<string> {
  const url = await deployment.portalUrl();
  if (url === undefined) throw new Error("no portal is deployed");
  return browserUrl(url, deployment.endpoint, from);
}

/** What the page's policy refuses, and what fails in its script. */
function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

async function signIn(page: Page, portal: string, user: string, password: string): Promise<void> {
  page.setDefaultTimeout(60_000);
  await page.goto(portal, { waitUntil: "commit" });
  await page.waitForURL(/\/login\?/);
  await page.fill('[name="username"]', user);
  await page.fill('[name="password"]', password);
  await page.click("button");
}
