import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { chromiumPath } from "./chromium";

/** Root may install Debian's package without being asked for a password, as in a container that runs the tests. */
function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

function isThere(): boolean {
  try {
    chromiumPath();
    return true;
  } catch {
    return false;
  }
}

if (!isThere() && (process.env["CHROME_PATH"] ?? "") === "" && canInstall()) {
  process.stdout.write(
    "Installing Chromium for the browser tests: apt-get install chromium-headless-shell\n",
  );
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium-headless-shell"]]) {
    execFileSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
  }
}
try {
  process.stdout.write(`Browser tests run in ${chromiumPath()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
