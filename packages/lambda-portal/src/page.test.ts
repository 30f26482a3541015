import { createHash } from "node:crypto";
import { type Page, pageOf } from "./page";
import { SETTINGS } from "./testing/settings";

const PARTS = { script: "start()", style: "p{}" };

const page = pageOf(SETTINGS, PARTS);

function policyOf({ headers }: Page): Record<string, string> {
  const directives = headers["Content-Security-Policy"]!.split("; ").map((text) => text.split(/ (.*)/));
  return Object.fromEntries(directives.map(([name = "", value = ""]) => [name, value]));
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the headers", () => {
  it("allow the page its own script and style, the provider, and nothing else", () => {
    expect(policyOf(page)).toEqual({
      "default-src": "'none'",
      "script-src": hashOf(PARTS.script),
      "style-src": hashOf(PARTS.style),
      "img-src": "data:",
      "connect-src": "'self' https://tokens.example.com",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
      "require-trusted-types-for": "'script'",
    });
  });

  it("allow the issuer where its metadata name the endpoints", () => {
    const { endpoints, ...settings } = SETTINGS;
    expect(endpoints.token).toContain("tokens.example.com");
    expect(policyOf(pageOf(settings, PARTS))["connect-src"]).toBe("'self' https://sso.example.com");
  });

  it("are those of a page that nobody frames, guesses, leaks from or keeps unasked", () => {
    expect(page.headers).toMatchObject({
      "Content-Type": "text/html; charset=utf-8",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Permissions-Policy": expect.stringMatching(/^(?:[a-z-]+=\(\)(?:, |$))+$/) as string,
      "Strict-Transport-Security": "max-age=31536000",
      "Cache-Control": "no-cache",
      ETag: page.etag,
    });
  });
});

describe("the page", () => {
  it("holds the script and the style that the policy's hashes allow", () => {
    expect(page.html).toContain(`<script>${PARTS.script}</script>`);
    expect(page.html).toContain(`<style>${PARTS.style}</style>`);
  });

  it("holds the settings, and Studio's origin in place of the region", () => {
    const [, data = ""] =
      /<script type="application\/json" id="settings">(.*?)<\/script>/.exec(page.html) ?? [];
    expect(JSON.parse(data)).toEqual({
      ...SETTINGS,
      region: undefined,
      studio: "https://DOMAIN.studio.eu-west-1.sagemaker.aws",
    });
  });

  it("lets no setting end its data block, its title or an attribute", () => {
    const name = `</script></title>"><script>hit()</script>`;
    const { html } = pageOf({ ...SETTINGS, company: { name, logo: `data:image/svg+xml,"><script>` } }, PARTS);
    expect(html.split(/<\/?script/)).toHaveLength(page.html.split(/<\/?script/).length);
    expect(html.split("</title>")).toHaveLength(2);
  });

  it("has the same ETag for the same settings, and another for others", () => {
    expect(pageOf(SETTINGS, PARTS).etag).toBe(page.etag);
    expect(pageOf({ ...SETTINGS, clientId: "other" }, PARTS).etag).not.toBe(page.etag);
    expect(pageOf(SETTINGS, { ...PARTS, script: "other()" }).etag).not.toBe(page.etag);
  });
});
