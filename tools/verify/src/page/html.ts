import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

import type { PageData } from "./page-data";

const BROWSER = join(__dirname, "../../browser");

/**
 * One HTML file that loads nothing: script and style are inline, its own Content-Security-Policy allows them by their
 * hashes, and the data are compressed with gzip.
 */
export async function htmlPage(data: PageData): Promise<string> {
  const [script, style] = await Promise.all([bundled("main.ts"), bundled("page.css")]);
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(titleOf(data))}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<noscript>${escaped(titleOf(data))}. The matrices need JavaScript; npm run verify -- --json writes the same as JSON.</noscript>
<script type="application/octet-stream" id="data">${packed}</script>
<script>${script}</script>
</body>
</html>
`;
}

function titleOf({ environment, cellCount, surpriseCount }: PageData): string {
  const verdict =
    surpriseCount === 0
      ? `all ${cellCount} cells are as the config calls for`
      : `${surpriseCount} of ${cellCount} cells are a surprise`;
  return `Studio Access, ${environment}: ${verdict}`;
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(BROWSER, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    legalComments: "inline",
    logLevel: "silent",
  });
  // The text of a library must not close the script or style element that holds it.
  return (outputFiles[0]?.text ?? "").trim().replace(/<\/(script|style)/gi, "<\\/$1");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
