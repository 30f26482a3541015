import { openInBrowser } from "./browser";
import { OpenFailed } from "./failure";
import { expectNoSecret, STUDIO_URL } from "./testing/secrets";

const TIMEOUT_MS = 5000;

/** Opens the URL with a fake browser, and waits for both to end. */
async function openWith(openPage: (page: string) => Promise<void>): Promise<void> {
  let opened = Promise.resolve();
  await openInBrowser(STUDIO_URL, {
    openPage: (page) => (opened = openPage(page)),
    timeoutMs: TIMEOUT_MS,
  });
  await opened;
}

function visit(page: string, method = "GET"): Promise<Response> {
  return fetch(page, { method, redirect: "manual" });
}

describe("openInBrowser", () => {
  it("redirects the browser to the URL from a local page, so that no command line holds the URL", async () => {
    const pages: string[] = [];
    const answers: Response[] = [];
    const openPage = async (page: string): Promise<void> => {
      pages.push(page);
      answers.push(await visit(page));
    };
    await openWith(openPage);
    expect(pages).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/)]);
    expectNoSecret(pages.join());
    expect(answers[0]?.status).toBe(302);
    expect(Object.fromEntries(answers[0]?.headers ?? [])).toMatchObject({
      location: STUDIO_URL,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
  });

  it("answers only GET requests for the page's secret path", async () => {
    const statuses: number[] = [];
    const openPage = async (page: string): Promise<void> => {
      statuses.push((await visit(new URL("/", page).href)).status);
      statuses.push((await visit(page, "POST")).status);
      statuses.push((await visit(page)).status);
    };
    await openWith(openPage);
    expect(statuses).toEqual([404, 404, 302]);
  });

  it("redirects only once", async () => {
    const statuses: string[] = [];
    const openPage = async (page: string): Promise<void> => {
      const both = await Promise.allSettled([visit(page), visit(page)]);
      // For the second request the page is gone, or the port is closed.
      statuses.push(
        ...both.map((each) => (each.status === "fulfilled" ? String(each.value.status) : "gone")),
      );
    };
    await openWith(openPage);
    expect(statuses.filter((status) => status === "302")).toHaveLength(1);
  });

  it("does not wait until the browser is closed", async () => {
    const openPage = async (page: string): Promise<void> => {
      await visit(page);
      await new Promise(() => undefined);
    };
    await expect(openInBrowser(STUDIO_URL, { openPage, timeoutMs: TIMEOUT_MS })).resolves.toBeUndefined();
  });

  it.each([
    ["no browser starts", () => Promise.reject(new Error(STUDIO_URL)), /could be started.*--print/],
    ["none opens the page in time", () => Promise.resolve(), /No browser opened the page.*--print/],
  ])("says what to do when %s", async (_case, openPage, message) => {
    const failure: unknown = await openInBrowser(STUDIO_URL, { openPage, timeoutMs: 50 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(OpenFailed);
    expect(String(failure)).toMatch(message);
    expectNoSecret(String(failure));
  });
});
