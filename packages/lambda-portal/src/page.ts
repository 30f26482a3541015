import { createHash } from "node:crypto";
import type { PortalSettings } from "@studio-access/shared-types";
import type { PageSettings } from "../browser/page-settings";
import { TEXTS } from "../browser/texts";

/** Script and style of the page. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

export interface Page {
  readonly html: string;
  readonly etag: string;
  /** Everything that is answered with the page. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a browser would let a page use without asking, or ask the person for. The page uses none of it. */
const UNUSED_FEATURES = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
];

/** The one HTML file, and the headers that bound what it may do. The same settings give the same bytes. */
export function pageOf(settings: PortalSettings, parts: PageParts): Page {
  const html = htmlOf(settings, parts);
  const policy = policyOf(settings, parts);
  const etag = `"${createHash("sha256").update(policy).update(html).digest("base64url")}"`;
  return {
    html,
    etag,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Permissions-Policy": UNUSED_FEATURES.map((feature) => `${feature}=()`).join(", "),
      "Strict-Transport-Security": "max-age=31536000",
      // Kept, and asked for again each time: a change of the settings counts at once.
      "Cache-Control": "no-cache",
      ETag: etag,
    },
  };
}

function policyOf({ issuer, endpoints }: PortalSettings, { script, style }: PageParts): string {
  return [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    // With endpoints given, the issuer's metadata is not read.
    `connect-src 'self' ${new URL(endpoints?.token ?? issuer).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function htmlOf({ region, ...settings }: PortalSettings, { script, style }: PageParts): string {
  const data: PageSettings = { ...settings, studio: `https://DOMAIN.studio.${region}.sagemaker.aws` };
  return `<!doctype html>
<html lang="${TEXTS.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(TEXTS.title(settings.company?.name))}</title>
<link rel="icon" href="${escaped(settings.company?.logo ?? "data:,")}">
<style>${style}</style>
</head>
<body>
<noscript>${escaped(TEXTS.noScript)}</noscript>
<script type="application/json" id="settings">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
<script>${script}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
