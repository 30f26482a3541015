import { ensurePackages } from "./setup.mjs";
import { Steps } from "./steps.mjs";

/**
 * Everything that CI runs, to the end even when a step fails. The last line counts all tests that ran; a check that is
 * no jest test (lint, types, …) counts as one.
 */
await ensurePackages({ mayInstall: true, python: true });
const steps = new Steps();
const script = (name, options) => steps.check(name, "npm", ["run", "--silent", name], options);

// Without a browser every browser test fails; this check reports the missing browser once, and first.
const browser = steps.check("browser", process.execPath, [
  "--import",
  "tsx",
  "tools/verify/src/testing/ensure-chromium.ts",
]);

async function checks() {
  for (const name of ["typecheck", "lint", "format:check", "lint:layers", "lint:unused"]) {
    await script(name, { nice: true });
  }
}

/** The longest files first, so that at the end no core waits for one of them. */
async function otherTests() {
  for (const project of ["integration", "browser", "laws", "unit"]) {
    if (project === "browser") await browser;
    await steps.tests(project, { nice: true });
  }
}

await script("bundle");
// The end-to-end tests take longest and often wait for the AWS provider: the other checks run while they wait.
await Promise.all([steps.tests("e2e", { live: true }), checks(), otherTests()]);
process.exitCode = steps.end();
