import { existsSync } from "node:fs";

import { chromium, type Browser } from "playwright-core";

const USUAL = [
  // Chromium without the parts that draw a window: the same pages for a third of the CPU.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Path of a Chromium or Chrome: CHROME_PATH, else one of the usual places.
 *
 * @throws {Error} when there is none; the message says what to install
 */
export function chromiumPath(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const given = env["CHROME_PATH"];
  if (given !== undefined && given !== "") {
    if (existsSync(given)) return given;
    throw new Error(
      `CHROME_PATH names ${given}, and there is no such file: let it name a Chromium or Chrome`,
    );
  }
  const found = USUAL.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    "the page is tested in a real browser, and none was found: install one (Debian: apt-get install chromium-headless-shell; " +
      "macOS: brew install --cask google-chrome), or let CHROME_PATH name its program",
  );
}

/** Starts a Chromium or Chrome without a window. @throws {Error} when there is none */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
}
