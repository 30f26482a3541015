import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Browser, Page } from "playwright-core";

import { drop } from "../testing/mutations/mutation";
import { launchChromium } from "../testing/chromium";
import { manyLobs } from "../testing/many-lobs";
import { sampleConfig, sampleState } from "../testing/sample";
import { samplePage } from "../testing/sample-page";
import { attached, TEAM_POLICY, withTeamPolicy } from "../testing/team-policy";

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

jest.setTimeout(60_000);

/** Longer than the other names of the drawing. */
const LONG_NAME = "lob-research-and-development";

function renamed<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll("lob-a", LONG_NAME)) as Value;
}

let browser: Browser;
let folder: string;
/** The page's console messages, its uncaught errors, and its requests to the network. */
let complaints: string[];
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), "verify-page-"));
  const many = manyLobs(40);
  const samples = {
    green: await samplePage(sampleState(), sampleConfig),
    red: await samplePage(drop("lob-a", "aws_route")(sampleState()), sampleConfig),
    open: await samplePage(attached(TEAM_POLICY)(sampleState()), { ...sampleConfig, ...withTeamPolicy }),
    many: await samplePage(many.state, many.config),
    long: await samplePage(renamed(sampleState()), renamed(sampleConfig)),
  };
  for (const [name, html] of Object.entries(samples)) await writeFile(join(folder, `${name}.html`), html);
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

async function open(
  name: "green" | "red" | "open" | "many" | "long",
  viewport: typeof DESKTOP,
  dark = false,
): Promise<void> {
  page = await browser.newPage({ viewport, colorScheme: dark ? "dark" : "light" });
  complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!/^(?:file|data):/.test(request.url())) complaints.push(request.url());
  });
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  await page.waitForSelector("table");
}

/** The button whose accessible name begins with the given text. */
function cell(name: string): ReturnType<Page["locator"]> {
  return page.locator(`button[aria-label^="${name}"]`);
}

async function overflow(): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
}

describe("the page of a deployment without surprises", () => {
  it("says in its headline that all cells are as expected", async () => {
    await open("green", DESKTOP);
    expect(await page.textContent("h1")).toMatch(/All \d+ cells are as the config calls for/);
    expect(await page.locator(".surprises").count()).toBe(0);
    expect(await page.locator(".facts").allTextContents()).toContainEqual(
      expect.stringMatching(/^Attributes with a value: \d+ modelled, \d+ fixed, \d+ free\.$/),
    );
  });

  it("shows the hops of the clicked cell, and highlights its path in the drawing", async () => {
    await open("green", DESKTOP);
    await cell("lob-a to sts:").click();
    expect(await page.locator(".reason h3").textContent()).toBe("lob-a → sts");
    expect(await page.locator(".reason .steps").textContent()).toContain("10.0.0.0/16 to Transit Gateway");
    const lit = await page.locator(".box.on > .title").allTextContents();
    expect(lit.sort()).toEqual(["Transit Gateway", "lob-a", "networking (hub)"]);
    expect(await page.locator(".row.on").allTextContents()).toContain("◆sts");
    expect(await page.locator(".line.on").count()).toBe(2);
  });

  it("shows the rule that refuses a connection", async () => {
    await open("green", DESKTOP);
    await cell("networking to sts: refused").click();
    expect(await page.locator(".reason dd").textContent()).toContain("does not allow TCP 443");
    expect(await page.locator(".box.stop").count()).toBe(1);
  });

  it("names the statement that lets a user's URL be made", async () => {
    await open("green", DESKTOP);
    await page.getByRole("tab", { name: "Presign" }).click();
    await cell("presign function for user-lob-a to lob-a/user-lob-a:").click();
    expect(await page.locator(".reason").textContent()).toContain("statement PresignForTheTaggedUser");
    expect(await page.locator(".row.on").allTextContents()).toEqual(
      expect.arrayContaining(["▸function presign", "◆studio"]),
    );
  });

  it("can be used with the keyboard alone", async () => {
    await open("green", DESKTOP);
    await page.locator("tbody button").first().focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    expect(await page.locator(".reason h3").textContent()).toBe("lob-a → sagemaker-runtime");
    await page.keyboard.press("End");
    await page.keyboard.press("Space");
    expect(await page.locator(".reason h3").textContent()).toBe("lob-a → any other name, by DNS");
    expect(await page.locator('tbody button[tabindex="0"]').count()).toBe(1);
  });

  it("folds the other lines of business when one is chosen", async () => {
    await open("green", DESKTOP);
    await page.getByLabel("Show").selectOption("lob-b");
    const rows = await page.locator("tbody th").allTextContents();
    expect(rows).toEqual(expect.arrayContaining(["lob-b", "Studio of lob-b", "LOB × 1"]));
    expect(rows).not.toContain("lob-a");
  });
});

/** The smallest distance between a box's text and its frame, in the drawing's own pixels. */
const NARROWEST = `Math.min(...[...document.querySelectorAll(".box")].flatMap((box) => {
  const { width } = box.querySelector(".frame").getBBox();
  return [...box.querySelectorAll(".title, .subtitle, .row text")].map((text) => {
    const { x, width: taken } = text.getBBox();
    return width - x - taken - (text.closest(".row") === null ? 0 : 6);
  });
}))`;

describe("the drawing of the network", () => {
  it.each(["green", "red", "many"] as const)("has room for the text of every box (%s)", async (name) => {
    await open(name, DESKTOP);
    expect(await page.locator(".box > .title").allTextContents()).toContain("Corporate network");
    expect(await page.evaluate(NARROWEST)).toBeGreaterThanOrEqual(11.5);
  });
});

/** Texts of the drawing that reach over the frame of their box, and titles that run into the stop sign. */
const OVERFLOWING = `[...document.querySelectorAll(".box")].flatMap((box) => {
  const frame = box.querySelector(".frame").getBoundingClientRect();
  const stop = box.querySelector(".stop-sign").getBoundingClientRect();
  return [...box.querySelectorAll("text:not(.stop-sign)")]
    .filter((text) => {
      const { left, right } = text.getBoundingClientRect();
      const runsInto = stop.width > 0 && text.classList.contains("title") && right > stop.left;
      return left < frame.left || right > frame.right || runsInto;
    })
    .map((text) => text.textContent);
})`;

describe("the boxes of the drawing", () => {
  it("hold their texts, also those of the chosen path, which are bold", async () => {
    await open("long", DESKTOP);
    expect(await page.evaluate(OVERFLOWING)).toEqual([]);
    await page.evaluate(
      "for (const part of document.querySelectorAll('.box, .row')) part.classList.add('on', 'stop')",
    );
    expect(await page.evaluate(OVERFLOWING)).toEqual([]);
  });
});

describe("the page of a deployment with surprises", () => {
  it("lists the surprises first, and each leads to its cell", async () => {
    await open("red", DESKTOP);
    expect(await page.textContent("h1")).toMatch(/19 surprises in \d+ cells/);
    const [first] = await page.locator(".surprises button").all();
    expect(await first?.textContent()).toContain("lob-a → sagemaker-api and 7 more");
    await first?.click();
    expect(await page.locator(".reason .verdict.surprise").textContent()).toContain(
      "the config calls for endpoint networking/sagemaker-api",
    );
    expect(await page.locator(".cell.chosen.surprise").count()).toBe(1);
    expect(await page.locator(".reason dl").textContent()).toMatch(
      /Behind it\s*lob-a: aws_route_table\.Network_Routes-\w+, route/,
    );
    expect(await page.locator(".box.stop > .title").textContent()).toBe("lob-a");
  });
});

describe("the page of a deployment with a policy from outside the state", () => {
  it("says in its header how many cells are unproven, and in each of them why", async () => {
    await open("open", DESKTOP);
    expect(await page.textContent("h1")).toMatch(/All \d+ cells are as the config calls for/);
    expect(await page.textContent("header")).toContain("5 cells only as far as the state tells");
    await page.getByRole("tab", { name: "Presign" }).click();
    await cell("lob-a-execution (222222222222) as user-lob-a to lob-a/user-lob-a:").click();
    expect(await page.locator(".cell.chosen.unproven").count()).toBe(1);
    expect(await page.locator(".reason").textContent()).toContain(`what ${TEAM_POLICY} allows is not`);
  });
});

describe("the page of forty lines of business", () => {
  it("folds equal rows and columns, and opens a single cell on demand", async () => {
    await open("many", DESKTOP);
    expect(await page.locator("tbody th").allTextContents()).toContain("Studio of LOB × 40");
    expect(await page.locator(".box > .title").allTextContents()).toContain("40 lines of business");
    await page.getByRole("tab", { name: "Presign" }).click();
    await cell("presign function for USER × 40 to LOB/USER × 40").click();
    expect(await page.locator(".reason").textContent()).toContain("own: sagemaker-api + studio × 40");
    expect(await page.locator(".reason").textContent()).toContain("others': no × 1,560");
    await page.locator(".examples button").first().click();
    expect(await page.locator(".reason h3").textContent()).toContain("lob-0/user-lob-0");
    expect(await page.locator(".cell.chosen").count()).toBe(1);
  });
});

describe.each([
  ["desktop", DESKTOP],
  ["phone", PHONE],
] as const)("on a %s", (_, viewport) => {
  it.each(["green", "red", "open", "many"] as const)("the %s page does not scroll sideways", async (name) => {
    await open(name, viewport);
    expect(await overflow()).toBeLessThanOrEqual(0);
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      expect(await overflow()).toBeLessThanOrEqual(0);
    }
  });

  it.each([false, true])("the page passes axe's accessibility rules (dark: %s)", async (dark) => {
    await open("red", viewport, dark);
    await cell("lob-a to sts:").click();
    // The page's Content-Security-Policy allows no other script, so axe runs by the browser's debugging protocol.
    await page.evaluate(await import("axe-core").then(({ default: axe }) => axe.source));
    const violations = await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join()))",
    );
    expect(violations).toEqual([]);
  });
});
