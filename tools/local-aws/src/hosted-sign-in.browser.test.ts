import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launchChromium } from "@studio-access/verify/chromium";
import type { Browser, BrowserContext, Page } from "playwright-core";

import { createDataPlane } from "./data-plane";
import { startLocalAws, type LocalAws } from "./index";
import { ExampleCaller } from "./testing/data-plane-example";
import { admitCompany, deployHub } from "./testing/data-plane-network-example";
import { deployPortal, NEW_USER, PASSWORD, USER, type ExamplePortal } from "./testing/portal-example";

// On a busy machine a page takes seconds.
jest.setTimeout(150_000);

let folder: string;
let local: LocalAws;
let aws: ExampleCaller;
let portal: ExamplePortal;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Console messages and uncaught errors of the page, among them what its policy refuses. */
let complaints: string[];

/** A host of AWS as a browser on this machine opens it. */
const at = (host: string, from = "on-premise"): string => `http://${host}.${from}.localhost:${local.port}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hosted-sign-in-"));
  local = await startLocalAws({
    logDirectory: folder,
    extend: (parts) => createDataPlane(parts, { logDirectory: folder }),
  });
  aws = new ExampleCaller(local);
  const hub = await deployHub(aws);
  await admitCompany(aws, hub);
  portal = await deployPortal(aws, hub);
  // The first request waits for the function's process.
  await aws.http("GET", "/studio", { host: portal.host });
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await local.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

beforeEach(async () => {
  context = await browser.newContext();
  context.setDefaultTimeout(60_000);
  page = await context.newPage();
  complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});

afterEach(async () => {
  await context.close();
});

/** Opens the portal, which leads to the sign-in, and fills its form. */
async function signIn(user = USER): Promise<void> {
  await page.goto(`${at(portal.host)}/studio`, { waitUntil: "commit" });
  await page.waitForURL(`${at(portal.signInHost)}/login?**`);
  await page.fill('[name="username"]', user);
  await page.fill('[name="password"]', PASSWORD);
  await page.click("button");
}

async function signedIn(user = USER): Promise<void> {
  await page.waitForURL(`${at(portal.host)}/studio?code=**`);
  await page.getByText(user, { exact: true }).waitFor();
}

describe("a browser on this machine", () => {
  it("opens the API's page, signs in, exchanges the code and goes to Studio", async () => {
    await signIn();
    await signedIn();
    const claims = await page.evaluate<Record<string, Record<string, unknown>>>("window.claims");
    const { iss, client_id, username } = { ...claims["access"] };
    expect([iss, client_id, username]).toEqual([portal.issuer, portal.clientId, USER]);
    expect(claims["id"]).toMatchObject({ iss: portal.issuer, aud: portal.clientId, nonce: claims["nonce"] });
    await page.click("button");
    await page.waitForURL(`${at(`${portal.domainId}.studio.eu-west-1.sagemaker.aws`)}/auth?token=**`);
    expect(await page.locator("#profile").textContent()).toBe(USER);
    await page.goto(at(`${portal.domainId}.studio.eu-west-1.sagemaker.aws`));
    expect(await page.locator("#profile").textContent()).toBe(USER);
    expect(complaints).toEqual([]);
  });

  it("signs in a second time without a form, until it signs out", async () => {
    await signIn();
    await signedIn();
    await page.goto(`${at(portal.host)}/studio/`, { waitUntil: "commit" });
    await signedIn();
    const out = new URLSearchParams({ client_id: portal.clientId, logout_uri: `${at(portal.host)}/studio` });
    await page.goto(`${at(portal.signInHost)}/logout?${out.toString()}`);
    await page.waitForURL(`${at(portal.signInHost)}/login?**`);
    expect(complaints).toEqual([]);
  });

  it("is told of a wrong password, and of a new one that is needed", async () => {
    await signIn(NEW_USER);
    await page.getByText("You need a new password.").waitFor();
    await page.fill('[name="new_password"]', "short");
    await page.click("button");
    expect(await page.getByRole("alert").textContent()).toContain("password");
    await page.fill('[name="new_password"]', `${PASSWORD}-2`);
    await page.click("button");
    await signedIn(NEW_USER);
    await context.clearCookies();
    await signIn(NEW_USER);
    expect(await page.getByRole("alert").textContent()).toBe("Incorrect username or password.");
  });

  it("is not let in from the internet", async () => {
    const answer = await page.goto(`${at(portal.host, "internet")}/studio`);
    expect([answer?.status(), await answer?.json()]).toEqual([403, { message: "Forbidden" }]);
  });

  it("is told which networks there are", async () => {
    const answer = await page.goto(`${at(portal.host, "mars")}/studio`);
    expect(answer?.status()).toBe(400);
    expect(await answer?.text()).toContain("use one of on-premise, networking, access, internet");
  });
});

describe("the root of an API", () => {
  it.each(["/studio", "/studio/"])("is served at %s with all of its headers", async (path) => {
    const { status, headers, text } = await aws.http("GET", path, { host: portal.host });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "referrer-policy": "no-referrer",
      vary: "Accept, Origin",
    });
    expect(headers["content-security-policy"]).toContain(`https://${portal.signInHost}/oauth2/token`);
    expect(text).toContain(`"authorization":"https://${portal.signInHost}/oauth2/authorize"`);
  });

  it("is not sent again to a browser that has it", async () => {
    const { headers } = await aws.http("GET", "/studio", { host: portal.host });
    const etag = String(headers["etag"]);
    const again = await aws.http("GET", "/studio", { host: portal.host, "if-none-match": etag });
    expect([again.status, again.text, again.headers["etag"]]).toEqual([304, "", etag]);
  });
});
