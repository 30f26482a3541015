import { OpenFailed } from "./failure";
import { type OpenDeps, openStudio } from "./open-studio";
import { expectNoSecret, STUDIO_URL, TOKEN } from "./testing/secrets";

const NOW = Date.parse("2030-01-01T00:00:00Z");
const STUDIO = { url: STUDIO_URL, expiresAt: "2030-01-01T00:00:20.000Z" };

interface Run {
  readonly printed: string[];
  readonly noted: string[];
  readonly opened: [string, number][];
}

async function run(
  print: boolean,
  changes: Partial<OpenDeps> = {},
): Promise<Run & { readonly failure: unknown }> {
  const seen: Run = { printed: [], noted: [], opened: [] };
  const deps: OpenDeps = {
    addresses: { studio: (url) => url },
    accessToken: () => Promise.resolve(TOKEN),
    ask: (token) =>
      token === TOKEN ? Promise.resolve(STUDIO) : Promise.reject(new OpenFailed("whose token?")),
    openBrowser: (url, timeoutMs) => {
      seen.opened.push([url, timeoutMs]);
      return Promise.resolve();
    },
    now: () => NOW,
    print: (text) => seen.printed.push(text),
    note: (text) => seen.noted.push(text),
    ...changes,
  };
  const failure: unknown = await openStudio({ user: "alice", print }, deps).then(
    () => undefined,
    (error: unknown) => error,
  );
  // Standard error must hold no secret, whatever happens.
  expectNoSecret(seen.noted.join("\n"));
  expectNoSecret(String(failure));
  return { ...seen, failure };
}

describe("openStudio", () => {
  it("opens the URL in the browser, with its lifetime as the timeout, and does not print it", async () => {
    const { opened, printed, noted, failure } = await run(false);
    expect(failure).toBeUndefined();
    expect(opened).toEqual([[STUDIO_URL, 20_000]]);
    expect(printed).toEqual([]);
    expect(noted).toEqual([
      "Opening the Studio of alice in the browser …",
      "The browser has opened the page.",
    ]);
  });

  it("prints only the URL with --print, and opens no browser", async () => {
    const { opened, printed, noted } = await run(true);
    expect(printed).toEqual([STUDIO_URL]);
    expect(opened).toEqual([]);
    expect(noted).toEqual([`This URL works until ${STUDIO.expiresAt}. Whoever opens it is alice in Studio.`]);
  });

  it.each([true, false])("uses the address at which Studio is reached here (--print: %s)", async (print) => {
    const addresses = { studio: () => "http://127.0.0.1:4566/studio/d-abc123/" };
    const { opened, printed } = await run(print, { addresses });
    expect(print ? printed : opened.map(([url]) => url)).toEqual([addresses.studio()]);
  });

  it("says so when the URL has expired by this machine's clock", async () => {
    const { failure, opened } = await run(false, { now: () => NOW + 20_000 });
    expect(String(failure)).toMatch(/clock.*--print/);
    expect(opened).toEqual([]);
  });

  it.each([
    ["the sign-in fails", { accessToken: () => Promise.reject(new OpenFailed("no")) }],
    ["the API refuses", { ask: () => Promise.reject(new OpenFailed("no")) }],
    ["no browser opens", { openBrowser: () => Promise.reject(new OpenFailed("no")) }],
  ])("prints no URL when %s", async (_case, changes) => {
    const { failure, printed } = await run(false, changes);
    expect(failure).toEqual(new OpenFailed("no"));
    expect(printed).toEqual([]);
  });
});
