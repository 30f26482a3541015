import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createKey, startProvider } from "@studio-access/lambda-authorizer/testing";
import { REFUSAL_STATUS, type RefusalCode } from "@studio-access/shared-types";
import { launchChromium } from "@studio-access/verify/chromium";
import type { Browser, BrowserContext, Page } from "playwright-core";

import { ROOT } from "./bundle-all";
import { type BundledFunction, bundleFunction } from "./bundle-function";
import { FUNCTIONS } from "./functions";
import { invoke } from "./testing/invocation";
import {
  type Answer,
  html,
  json,
  type PortalSite,
  PROFILE,
  redirect,
  type SiteRequest,
  startPortalSite,
  STUDIO_HOST,
  tokenOf,
  URL_SECRET,
  USER,
} from "./testing/portal-site";

jest.setTimeout(60_000);

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 568 };
const DOT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

let browser: Browser;
let folder: string;
let site: PortalSite;
let context: BrowserContext;
let page: Page;
/** Console messages and uncaught errors, among them what the Content-Security-Policy refused. */
let complaints: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portal-"));
  site = await startPortalSite((await bundled("lambda-portal")).codePath);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  site.reset();
  complaints = [];
  await inWindow(DESKTOP);
});

afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

function bundled(name: string): Promise<BundledFunction> {
  const definition = FUNCTIONS.find((one) => one.name === name)!;
  return bundleFunction({ ...definition, root: ROOT, outDir: join(folder, name) });
}

async function inWindow(viewport: typeof DESKTOP, dark = false): Promise<void> {
  context = await browser.newContext({ viewport, colorScheme: dark ? "dark" : "light" });
  page = await newTab();
}

async function newTab(): Promise<Page> {
  const tab = await context.newPage();
  tab.on("console", (message) => {
    // The browser says this of every answer that is no success.
    if (!message.text().startsWith("Failed to load resource")) complaints.push(message.text());
  });
  tab.on("pageerror", (error) => complaints.push(error.message));
  return tab;
}

const openPortal = (suffix = ""): Promise<unknown> => page.goto(site.address + suffix);
const asked = (host: string, path: string): SiteRequest[] =>
  site.requests.filter((request) => request.host === host && request.url.pathname === path);
const signIns = (): SiteRequest[] => asked("sign-in", "/authorize");
const isApi = ({ host, url }: SiteRequest): boolean =>
  host === "portal" && url.pathname.startsWith("/studio/");
const apiRequests = (): SiteRequest[] => site.requests.filter(isApi);

const inStudio = (tab = page): Promise<void> =>
  tab.waitForURL((url) => url.hostname.startsWith(STUDIO_HOST) && url.pathname === "/jupyter/default");

/** Waits until the card has this title. */
const says = (title: string): Promise<void> => page.locator("h1", { hasText: title }).waitFor();
const press = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();

/** Answers one path of a host in another way. */
function answer(host: string, path: string, how: (request: SiteRequest) => Answer | Promise<Answer>): void {
  site.intercept((request) =>
    request.host === host && request.url.pathname === path ? how(request) : undefined,
  );
}

function answerApi(how: (request: SiteRequest) => Answer | Promise<Answer>): void {
  site.intercept((request) => (isApi(request) ? how(request) : undefined));
}

const refusal = (code: string, status: number): Answer =>
  json(status, { code, message: "no", requestId: "request-42" });

/** The provider's answer to a sign-in, with other parameters. */
function answerSignIn(change: (parameters: URLSearchParams) => void): void {
  answer("sign-in", "/authorize", ({ url }) => {
    const back = new URL(url.searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("state", url.searchParams.get("state") ?? "");
    back.searchParams.set("iss", site.provider);
    change(back.searchParams);
    return redirect(back);
  });
}

/** Tokens whose ID token has other claims. */
function answerTokens(change: object): void {
  answer("sign-in", "/token", () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: site.provider, aud: "studio-client", sub: "s", iat: now, exp: now + 300 };
    const nonce = signIns().at(-1)?.url.searchParams.get("nonce");
    const tokens = {
      token_type: "Bearer",
      access_token: tokenOf({ username: "jane" }),
      id_token: tokenOf({ ...claims, nonce, ...change }),
    };
    return json(200, tokens, { "Access-Control-Allow-Origin": "*" });
  });
}

describe("the way into Studio", () => {
  it("takes people from the page by their provider into their own Studio, without a click", async () => {
    await openPortal();
    await inStudio();
    const [{ url }] = signIns() as [SiteRequest];
    expect(Object.fromEntries(url.searchParams)).toEqual({
      audience: "studio-api",
      response_type: "code",
      client_id: "studio-client",
      redirect_uri: site.address,
      scope: "openid studio.open",
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: "S256",
    });
    expect(asked("sign-in", "/token")).toHaveLength(1);
    expect(apiRequests().map((request) => [request.url.pathname, request.headers.accept])).toEqual([
      [`/studio/${PROFILE}`, "application/json"],
    ]);
  });

  it("asks nobody but the page's own host, the provider and Studio", async () => {
    const hosts = new Set<string>();
    page.on("request", (request) => {
      if (!request.url().startsWith("data:"))
        hosts.add(new URL(request.url()).hostname.replace(".localhost", ""));
    });
    site.configure({ company: { name: "Example", logo: DOT } });
    await openPortal();
    await inStudio();
    expect([...hosts]).toEqual(["portal", "sign-in", STUDIO_HOST]);
  });

  it("keeps no token in storage, and nothing of the sign-in after it", async () => {
    let left: unknown;
    answerApi(async () => {
      left = await page.evaluate(
        "Promise.resolve(indexedDB.databases()).then((databases) => ({ databases, cookie: document.cookie, " +
          "session: { ...sessionStorage }, local: { ...localStorage }, url: location.href }))",
      );
      return refusal("forbidden", 403);
    });
    await openPortal();
    await says("You have no Studio yet");
    expect(left).toEqual({ databases: [], cookie: "", session: {}, local: {}, url: site.address });
  });

  it("leaves the presigned URL and the code in no history, console or referrer", async () => {
    await page.goto(site.provider.replace("sign-in", STUDIO_HOST));
    await openPortal();
    await inStudio();
    const session = await context.newCDPSession(page);
    const { entries } = await session.send("Page.getNavigationHistory");
    const addresses = entries.map(({ url }) => url).join("\n");
    expect(addresses).toContain("/jupyter/default");
    expect(addresses).not.toContain(URL_SECRET);
    expect(addresses).not.toContain("code=");
    expect(site.requests.filter(({ headers }) => headers.referer !== undefined)).toEqual([]);
    expect(complaints.join()).not.toContain(URL_SECRET);
  });

  it("the back button leads to where the person came from", async () => {
    answer("stranger", "/", () => html("Intranet"));
    await page.goto(site.provider.replace("sign-in", "stranger"));
    await openPortal();
    await inStudio();
    await page.goBack();
    expect(await page.title()).toBe("Intranet");
  });

  it("two tabs do not disturb each other", async () => {
    const other = await newTab();
    await Promise.all([openPortal(), other.goto(site.address)]);
    await Promise.all([inStudio(), inStudio(other)]);
    expect(signIns()).toHaveLength(2);
  });

  it("waits for the button where the config says so, and can be used with the keyboard alone", async () => {
    site.configure({ signIn: "button" });
    await openPortal();
    await says("Open Studio");
    expect(await page.locator("main p").first().textContent()).toContain("your Example Industries account");
    expect(asked("sign-in", "/.well-known/openid-configuration")).toEqual([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await inStudio();
  });

  it("reads no metadata where the endpoints are given, as with Cognito", async () => {
    const { provider } = site;
    const endpoints = { authorization: `${provider}/authorize`, token: `${provider}/token` };
    site.configure({ issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool", endpoints });
    await openPortal();
    await inStudio();
    expect(asked("sign-in", "/.well-known/openid-configuration")).toEqual([]);
  });
});

describe("with a provider of the company's own", () => {
  it("the token that the page brings opens its owner's path, by the authorizer's judgement", async () => {
    // It warns that it keeps everything in memory, and of every Node but the newest.
    const warn = jest.spyOn(console, "warn").mockImplementation();
    const provider = await startProvider(createKey("key-1"), site.address);
    provider.signedInAs(USER);
    const authorizer = await bundled("lambda-authorizer");
    const environment = {
      ISSUER: provider.issuer,
      JWKS_URI: provider.jwksUri,
      CLIENT_ID: provider.clientId,
      ACCESS_TOKEN_PROFILE: "oidc",
      USER_NAME_CLAIM: "preferred_username",
      CLIENT_CLAIM: "client_id",
      TOKEN_TYPES: '["at+jwt"]',
      AUDIENCES: JSON.stringify([provider.audience]),
    };
    const judged: unknown[] = [];
    site.intercept(async (request) => {
      if (!isApi(request)) return undefined;
      const event = {
        methodArn: `arn:aws:execute-api:eu-west-1:111111111111:abc123def4/live/GET/${PROFILE}`,
        headers: { Authorization: request.headers.authorization },
        requestContext: { requestId: "request-1" },
      };
      judged.push((await invoke(authorizer.codePath, event, environment)).answer);
      return undefined;
    });
    site.configure({
      issuer: provider.issuer,
      clientId: provider.clientId,
      authorizationParameters: { resource: provider.audience },
      userNameClaim: "preferred_username",
    });
    try {
      await openPortal();
      await inStudio();
    } finally {
      await provider.close();
      warn.mockRestore();
    }
    expect(judged).toMatchObject([
      { context: { userName: PROFILE }, policyDocument: { Statement: [{ Effect: "Allow" }, {}] } },
    ]);
  });
});

/** All but the one for which the page waits. */
const REFUSALS: Readonly<Record<Exclude<RefusalCode, "profile_pending">, string>> = {
  unauthorized: "Your sign-in was not accepted",
  forbidden: "You have no Studio yet",
  user_blocked: "Your access has ended",
  lob_ambiguous: "You belong to two teams",
  too_many_groups: "You are in too many groups",
  studio_not_found: "Your Studio is not ready",
  throttled: "Too many people at once",
  profile_failed: "Your Studio could not be set up",
  profile_limit_reached: "There is no place for one more Studio",
  upstream_error: "Something went wrong on our side",
  upstream_unavailable: "Studio is not available right now",
  upstream_timeout: "That took too long",
};

describe("when the API refuses", () => {
  it.each(Object.entries(REFUSALS))(
    "%s is said in plain words, with what support needs",
    async (code, title) => {
      answerApi(() => refusal(code, REFUSAL_STATUS[code as RefusalCode]));
      await openPortal();
      await says(title);
      expect(await page.locator("code").textContent()).toBe(`${code}, request request-42`);
      expect(await page.getByText("Signed in as Jane Doe").count()).toBe(1);
      expect(await page.getByRole("link", { name: "Get help" }).getAttribute("href")).toMatch(
        /^mailto:it-help@example\.com\?subject=.+request-42/,
      );
    },
  );

  it("Open again asks again, without another sign-in where the token still holds", async () => {
    answerApi(() => refusal("upstream_unavailable", 503));
    await openPortal();
    await says(REFUSALS.upstream_unavailable);
    answerApi(() => json(200, { url: site.provider.replace("sign-in", STUDIO_HOST) + "/auth" }));
    await press("Open again");
    await inStudio();
    expect(signIns()).toHaveLength(1);
  });

  it.each(["forbidden", "lob_ambiguous", "too_many_groups"] as const)(
    "Open again signs in again where only another token could help: %s",
    async (code) => {
      answerApi(() => refusal(code, 403));
      await openPortal();
      await says(REFUSALS[code]);
      await press("Open again");
      await expectEventually(() => apiRequests().length, 2);
      expect(signIns()).toHaveLength(2);
    },
  );

  it("an expired token leads to another sign-in", async () => {
    let asking = 0;
    site.intercept((request) =>
      isApi(request) && asking++ === 0 ? refusal("unauthorized", 401) : undefined,
    );
    await openPortal();
    await inStudio();
    expect(signIns()).toHaveLength(2);
  });

  it("a token that is never accepted leads to one other sign-in, not in circles", async () => {
    answerApi(() => refusal("unauthorized", 401));
    await openPortal();
    await says(REFUSALS.unauthorized);
    expect([signIns().length, apiRequests().length]).toEqual([2, 2]);
  });

  it.each([
    ["no JSON", html("Bad gateway")],
    ["an unknown code", json(502, { code: "teapot" })],
  ])("%s is our fault, not the person's", async (_what, given) => {
    answerApi(() => ({ ...given, status: 502 }));
    await openPortal();
    await says("Something went wrong on our side");
    expect(await page.locator("code").textContent()).toBe("status_502");
  });

  it("a profile that is being made is waited for", async () => {
    let asking = 0;
    site.intercept((request) => {
      if (!isApi(request) || ++asking > 2) return undefined;
      return json(202, { code: "profile_pending", requestId: "r" }, { "Retry-After": "1" });
    });
    await openPortal();
    await page.getByText("Your Studio is being set up").waitFor();
    await inStudio();
    expect([asking, signIns().length]).toEqual([3, 1]);
  });

  it("waiting can be ended", async () => {
    answerApi(() => json(202, { requestId: "request-42" }, { "Retry-After": "30" }));
    await openPortal();
    await press("Stop waiting");
    await says("Your Studio is still being set up");
    expect(await page.locator("code").textContent()).toBe("profile_pending, request request-42");
  });

  it("waiting ends by itself after some minutes", async () => {
    await page.clock.install();
    answerApi(() => json(202, {}, { "Retry-After": "600" }));
    await openPortal();
    await page.getByText("Your Studio is being set up").waitFor();
    // From here on only this test moves the page's clock, in steps: what an answer takes on a busy machine counts as one of them.
    const now = (): Promise<number> => page.evaluate(() => Date.now());
    const began = await now();
    await page.clock.pauseAt(began + 10_000);
    const ended = page.getByText("Your Studio is still being set up");
    while (!(await ended.isVisible())) {
      await page.clock.runFor(5_000);
      await page.waitForTimeout(50);
    }
    const minutes = ((await now()) - began) / 60_000;
    expect([minutes > 3, minutes < 5]).toEqual([true, true]);
    expect(apiRequests().length).toBeGreaterThan(3);
  });
});

/** Waits until the number is reached. */
async function expectEventually(count: () => number, expected: number): Promise<void> {
  for (let tries = 0; tries < 400 && count() < expected; tries++) await page.waitForTimeout(50);
  expect(count()).toBe(expected);
}

describe("where the API's URL leads", () => {
  const origin = (host: string): string => site.provider.replace("sign-in", host);

  it.each([
    ["a stranger", () => origin("stranger")],
    ["a host that only begins well", () => origin(`${STUDIO_HOST}.stranger`)],
    ["a host before Studio's", () => origin(`x.${STUDIO_HOST}`)],
    ["no domain", () => origin("www.studio.eu-west-1.sagemaker.aws")],
    ["another port", () => origin(STUDIO_HOST).replace(/:\d+$/, ":1")],
    ["a user of the host", () => origin(STUDIO_HOST).replace("//", "//user@")],
    ["a script", () => `javascript:alert("${STUDIO_HOST}")`],
    ["a blob", () => `blob:${origin(STUDIO_HOST)}/x`],
    ["nowhere", () => undefined],
  ])("%s is not followed", async (_what, url) => {
    answerApi(() => json(200, { url: url() }));
    await openPortal();
    await says("This does not lead to Studio");
    expect(page.url()).toBe(site.address);
    expect(site.requests.map(({ host }) => host)).not.toContain("stranger");
  });

  it("a Studio that does not answer in time leaves one button, which asks for another URL", async () => {
    await page.clock.install();
    let isSilent = true;
    // The browser stays on the page, as it does while it waits. (Playwright cannot look at a page that it is leaving.)
    answer(STUDIO_HOST, "/auth", () => (isSilent ? { status: 204 } : redirect("/jupyter/default")));
    await openPortal();
    await expectEventually(() => asked(STUDIO_HOST, "/auth").length, 1);
    await page.clock.fastForward(30_000);
    await says("The way into Studio has expired");
    isSilent = false;
    await press("Open again");
    await inStudio();
    expect([signIns().length, apiRequests().length]).toEqual([1, 2]);
  });
});

describe("a sign-in that does not hold", () => {
  it("is not used when its state is forged: no code reaches the provider", async () => {
    await openPortal("?code=stolen&state=forged");
    await says("This sign-in was not started here");
    expect(site.requests.filter(({ host }) => host !== "portal")).toEqual([]);
    expect(page.url()).toBe(site.address);
    await press("Open again");
    await inStudio();
  });

  it("is not used when it is another's in the middle of one's own (login CSRF)", async () => {
    answerSignIn((parameters) => {
      parameters.set("state", "of-the-attacker");
      parameters.set("code", "of-the-attacker");
    });
    await openPortal();
    await says("This sign-in was not started here");
    expect(asked("sign-in", "/token")).toEqual([]);
  });

  it("is refused when another issuer answers", async () => {
    answerSignIn((parameters) => {
      parameters.set("iss", "https://other.example");
      parameters.set("code", "x");
    });
    await openPortal();
    await says("This sign-in does not hold");
    expect(asked("sign-in", "/token")).toEqual([]);
  });

  it("has expired when its code was used before", async () => {
    answerSignIn((parameters) => {
      parameters.set("code", "used-before");
    });
    await openPortal();
    await says("That sign-in has expired");
    expect(await page.locator("code").textContent()).toBe("invalid_grant");
    expect(apiRequests()).toEqual([]);
  });

  it.each([
    ["another nonce", { nonce: "other" }, "This sign-in does not hold"],
    ["no nonce", { nonce: undefined }, "This sign-in does not hold"],
    ["another issuer", { iss: "https://other.example" }, "This sign-in does not hold"],
    ["another client", { aud: "other" }, "This sign-in does not hold"],
    ["a time that is over", { exp: 1000 }, "Check your device's clock"],
  ])("is refused when the ID token has %s", async (_what, claims, title) => {
    answerTokens(claims);
    await openPortal();
    await says(title);
    expect(apiRequests()).toEqual([]);
  });

  it("names nobody when the claim is missing", async () => {
    site.configure({ userNameClaim: "nickname" });
    await openPortal();
    await says("Your account has no usable name");
    expect(apiRequests()).toEqual([]);
  });
});

describe("when the provider refuses or is down", () => {
  it.each([
    ["access_denied", "You were not signed in"],
    ["login_required", "You were not signed in"],
    ["server_error", "The sign-in service does not answer"],
    ["temporarily_unavailable", "The sign-in service does not answer"],
    ["invalid_scope", "Signing in is not set up correctly"],
    ["unauthorized_client", "Signing in is not set up correctly"],
  ])("%s is said in plain words, and its description is not shown", async (error, title) => {
    answerSignIn((parameters) => {
      parameters.set("error", error);
      parameters.set("error_description", "call 555-0100 to reset your password");
    });
    await openPortal();
    await says(title);
    expect(await page.locator("code").textContent()).toBe(error);
    expect(await page.locator("body").innerText()).not.toContain("555-0100");
    expect(signIns()).toHaveLength(1);
  });

  it("without metadata there is one button, and no loop", async () => {
    answer("sign-in", "/.well-known/openid-configuration", () => ({
      status: 503,
      headers: { "Access-Control-Allow-Origin": "*" },
    }));
    await openPortal();
    await says("The sign-in service does not answer");
    expect(asked("sign-in", "/.well-known/openid-configuration")).toHaveLength(1);
    site.reset();
    await press("Open again");
    await inStudio();
  });

  it("a token endpoint that is down is said", async () => {
    answer("sign-in", "/token", () => ({ status: 503, headers: { "Access-Control-Allow-Origin": "*" } }));
    await openPortal();
    await says("The sign-in service does not answer");
  });

  it("metadata that lead to a script or off https are not followed", async () => {
    answer("sign-in", "/.well-known/openid-configuration", () =>
      json(
        200,
        { issuer: site.provider, authorization_endpoint: "http://other.example/authorize" },
        { "Access-Control-Allow-Origin": "*" },
      ),
    );
    await openPortal();
    await says("Signing in is not set up correctly");
  });

  it("a device without network is told so", async () => {
    site.configure({ signIn: "button" });
    await openPortal();
    await context.setOffline(true);
    await press("Sign in");
    await says("You are offline");
    await context.setOffline(false);
    await press("Open again");
    await inStudio();
  });
});

describe("signing out", () => {
  it("ends the provider's session too, and does not sign in again by itself", async () => {
    answerApi(() => refusal("forbidden", 403));
    await openPortal();
    await says(REFUSALS.forbidden);
    await press("Sign out");
    await says("You are signed out");
    const [{ url }] = asked("sign-in", "/logout") as [SiteRequest];
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "studio-client",
      post_logout_redirect_uri: site.address,
      id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    });
    await page.reload();
    await says("You are signed out");
    expect(signIns()).toHaveLength(1);
    site.reset();
    await press("Sign in again");
    await inStudio();
  });

  it("has an address of its own, and knows Cognito's parameters", async () => {
    const { provider } = site;
    site.configure({
      issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool",
      endpoints: {
        authorization: `${provider}/authorize`,
        token: `${provider}/token`,
        endSession: `${provider}/logout`,
      },
    });
    await openPortal("#sign-out");
    await says("Sign out?");
    await press("Sign out");
    await says("You are signed out");
    const [{ url }] = asked("sign-in", "/logout") as [SiteRequest];
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: "studio-client",
      logout_uri: site.address,
    });
    expect(signIns()).toEqual([]);
  });

  it("forgets our part where the provider has no address for it", async () => {
    const { provider } = site;
    const endpoints = { authorization: `${provider}/authorize`, token: `${provider}/token` };
    site.configure({ endpoints });
    await openPortal("#sign-out");
    await press("Sign out");
    await says("You are signed out");
  });
});

describe("the page", () => {
  it("that comes back from the browser's memory has one button", async () => {
    const api = new Promise<Answer>(() => undefined);
    answerApi(() => api);
    await openPortal();
    await expectEventually(() => apiRequests().length, 1);
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await says("This page is from before");
    site.reset();
    await press("Open again");
    await inStudio();
  });

  it("runs no script but its own, and lets none make markup of text", async () => {
    site.configure({ signIn: "button" });
    await openPortal();
    const refused = await page.evaluate<string[]>(
      `[
        () => { document.body.innerHTML = "<img src=x onerror=hit()>"; },
        () => { document.createElement("script").text = "hit()"; },
        () => { setTimeout("hit()"); },
      ].map((attempt) => { try { attempt(); return "done"; } catch (error) { return error.name; } })`,
    );
    expect(refused).toEqual(["TypeError", "TypeError", "TypeError"]);
    expect(complaints.splice(0)).toHaveLength(3);
  });

  it("sends nothing to a stranger, whatever a script would try", async () => {
    site.configure({ signIn: "button" });
    await openPortal();
    const stranger = site.provider.replace("sign-in", "stranger");
    const outcome = await page.evaluate<string>(
      `fetch("${stranger}/?token").then(() => "sent", () => "refused")`,
    );
    expect(outcome).toBe("refused");
    expect(site.requests.map(({ host }) => host)).not.toContain("stranger");
    expect(complaints.splice(0).join()).toContain("connect-src");
  });

  it("is shown in nobody's frame", async () => {
    answer("stranger", "/", () => html("Win a prize", `<iframe src="${site.address}"></iframe>`));
    await page.goto(site.provider.replace("sign-in", "stranger"));
    await page.waitForLoadState("networkidle");
    expect(page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
    expect(signIns()).toEqual([]);
    expect(complaints.splice(0).join()).toContain("frame-ancestors");
  });

  it("shows the company's logo and name, and quotes hostile settings as text", async () => {
    const name = `</script><img src=x onerror="hit()">&"`;
    site.configure({ signIn: "button", company: { name, logo: DOT } });
    await openPortal();
    await says("Open Studio");
    expect(await page.locator("header").textContent()).toBe(name);
    expect(await page.title()).toBe(`Studio · ${name}`);
    expect(await page.evaluate("document.querySelector('header img').naturalWidth")).toBe(1);
    expect(await page.locator("img").count()).toBe(1);
  });

  const STATES: readonly (readonly [string, () => Promise<void>])[] = [
    [
      "welcome",
      async () => {
        site.configure({ signIn: "button" });
        await openPortal();
        await says("Open Studio");
      },
    ],
    [
      "opening",
      async () => {
        answerApi(() => json(202, {}, { "Retry-After": "30" }));
        await openPortal();
        await page.getByText("Your Studio is being set up").waitFor();
        await page.waitForTimeout(600);
      },
    ],
    [
      "refusal",
      async () => {
        answerApi(() => refusal("forbidden", 403));
        await openPortal();
        await says(REFUSALS.forbidden);
      },
    ],
  ];

  describe.each(STATES)("in the state %s", (_name, show) => {
    it.each([
      [false, DESKTOP],
      [true, DESKTOP],
      [false, NARROW],
      [true, PHONE],
    ])("passes axe's rules, and nothing is wider than the window (dark: %s, %p)", async (dark, viewport) => {
      await context.close();
      await inWindow(viewport, dark);
      await show();
      // The page's Content-Security-Policy allows no other script, so axe runs by the browser's debugging protocol.
      await page.evaluate(await import("axe-core").then(({ default: axe }) => axe.source));
      const findings = await page.evaluate<string[]>(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join()))",
      );
      expect(findings).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")).toBe(0);
    });
  });

  it("moves the focus to what it says, for people who do not see it", async () => {
    answerApi(() => refusal("forbidden", 403));
    await openPortal();
    await says(REFUSALS.forbidden);
    expect(await page.evaluate("document.activeElement.textContent")).toBe(REFUSALS.forbidden);
  });
});
