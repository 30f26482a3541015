import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ensurePackages, run } from "./setup.mjs";

/**
 * Everything that CI runs, one step after the other, to the end even when a step fails. The last line counts all tests
 * that ran; a check that is no jest test (lint, types, …) counts as one.
 */
const results = mkdtempSync(join(tmpdir(), "studio-access-tests-"));
const total = { passed: 0, failed: 0 };
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => (interrupted = true));

async function check(name, script) {
  if (interrupted) return;
  console.log(`\n── ${name}`);
  const began = Date.now();
  const code = await run("npm", ["run", "--silent", script]);
  console.log(`${code === 0 ? "✔" : "✖"} ${name}, ${Math.round((Date.now() - began) / 1000)} s`);
  total[code === 0 ? "passed" : "failed"] += 1;
}

/** What the browser tests need. Without it they fail, each by itself; here it is said once, and first. */
async function browser() {
  const ensure = "tools/verify/src/testing/ensure-chromium.ts";
  total.failed += (await run(process.execPath, ["--import", "tsx", ensure])) === 0 ? 0 : 1;
}

async function tests(project, ...options) {
  if (interrupted) return;
  console.log(`\n── ${project} tests`);
  const file = join(results, `${project}.json`);
  const code = await run("npx", [
    "jest",
    "--ci",
    "--selectProjects",
    project,
    "--json",
    "--outputFile",
    file,
    ...options,
  ]);
  const counts = countsOf(file);
  total.passed += counts.passed;
  // A run that breaks before it counts anything is a failure too, and so is one that runs no test.
  total.failed += code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  if (code === 0 && counts.passed === 0) total.failed += 1;
}

function countsOf(file) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

try {
  await ensurePackages({ mayInstall: true });
  await browser();
  await check("format", "format:check");
  await check("lint", "lint");
  await check("types", "typecheck");
  await check("bundles", "bundle");
  await tests("unit");
  await tests("laws");
  // Each file has a deployment of its own, which mostly waits for the AWS provider.
  await tests("e2e", "--maxWorkers=2");
} catch (error) {
  console.error(error.message);
  total.failed += 1;
} finally {
  rmSync(results, { recursive: true });
}
if (interrupted) total.failed += 1;
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
