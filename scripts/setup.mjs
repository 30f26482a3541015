import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs the npm packages where they are missing or older than the lockfile. Only Node itself is needed to run this. */
export async function ensurePackages({ mayInstall }) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(
      `Node ${process.versions.node} is too old: install Node 20.19 or later, from https://nodejs.org`,
    );
  }
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(ROOT, "package-lock.json")).mtimeMs
  )
    return;
  if (!mayInstall) throw new Error("The npm packages are missing or out of date: run `npm ci`.");
  console.log("Installing the npm packages: npm ci");
  const code = await run("npm", ["ci", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Error("npm ci failed; its messages are above.");
}

/** Runs a command on this terminal. Signals are passed on, and it is waited for. @returns its exit code */
export function run(command, args, environment = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit", env: environment });
    // A terminal sends Ctrl-C to the child as well; this process only has to live until the child has cleaned up.
    const ignore = () => {};
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", ignore);
    process.on("SIGTERM", pass);
    process.on("SIGHUP", pass);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", pass);
      process.off("SIGHUP", pass);
      resolve(code ?? (signal === null ? 1 : 130));
    });
  });
}
