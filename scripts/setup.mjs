import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Installs the npm packages when they are missing or older than the lockfile.
 *
 * @param python - whether Python is needed too: moto, the AWS emulator, runs on it
 * @throws Error before anything is downloaded, with everything that is missing or too old
 */
export async function ensurePackages({ mayInstall, python = false }) {
  const tooOld = nodeProblems();
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(ROOT, "package-lock.json")).mtimeMs &&
    tooOld.length === 0
  )
    return;
  const problems = [...tooOld, ...npmProblems(), ...(python ? pythonProblems() : [])];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  if (!mayInstall) throw new Error("The npm packages are missing or out of date: run `npm ci`.");
  console.log("Installing the npm packages: npm ci");
  const code = await run("npm", ["ci", "--no-audit", "--no-fund"]);
  if (code !== 0) throw new Error("npm ci failed; its messages are above.");
}

function nodeProblems() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return [];
  return [`Node ${process.versions.node} is too old: install Node 24, from https://nodejs.org`];
}

function npmProblems() {
  if (firstAnswer(["npm"], ["--version"]) !== undefined) return [];
  return ["npm is not on PATH: it comes with Node, from https://nodejs.org"];
}

function pythonProblems() {
  const names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  const check = "import sys, venv; sys.exit(sys.version_info < (3, 10))";
  const own = (process.env["STUDIO_ACCESS_MOTO"] ?? "") !== "";
  if (own || firstAnswer(["moto_server"], ["--help"]) !== undefined) return [];
  if (firstAnswer(names, ["-c", check]) !== undefined) return [];
  return [
    "There is no Python 3.10 or later with its venv module on PATH, and moto, the AWS emulator, runs on it: " +
      "install it, from your system's packages or https://www.python.org",
  ];
}

/** Output of the first program that exists and succeeds. */
function firstAnswer(programs, args) {
  for (const program of programs) {
    const { status, stdout } = spawnSync(program, args, { encoding: "utf8", timeout: 30_000 });
    if (status === 0) return stdout;
  }
  return undefined;
}

/** Runs a command on this terminal, passes signals on, and waits for its end. @returns its exit code */
export function run(command, args, { cwd = ROOT, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    // A terminal also sends Ctrl-C to the child, so this process only has to wait until the child has cleaned up.
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
