import { ensurePackages } from "./setup.mjs";
import { Steps } from "./steps.mjs";

/**
 * Everything that CI runs, to the end even when a step fails. The last line counts all tests that ran; a check that is
 * no jest test (lint, types, …) counts as one.
 */
await ensurePackages({ mayInstall: true, python: true });
const steps = new Steps();
const script = (name) => steps.check(name, "npm", ["run", "--silent", name]);

async function everythingElse() {
  // Without a browser every browser test fails; this check reports the missing browser once, and first.
  await steps.check("browser", process.execPath, [
    "--import",
    "tsx",
    "tools/verify/src/testing/ensure-chromium.ts",
  ]);
  for (const name of ["format:check", "typecheck", "lint", "lint:layers", "lint:unused"]) await script(name);
  for (const project of ["unit", "laws", "integration", "browser"]) await steps.tests(project);
}

await script("bundle");
// The end-to-end tests mostly wait for the AWS provider, so all other checks run at the same time.
await Promise.all([steps.tests("e2e", { live: true }), everythingElse()]);
process.exitCode = steps.end();
