import { existsSync } from "node:fs";
import { join } from "node:path";

import { ROOT, run } from "./setup.mjs";

/** Runs the unit tests of one package after every change: `npm run test:watch -- lib/policy`. */
const [folder = "", ...args] = process.argv.slice(2);
if (folder === "" || !existsSync(join(ROOT, folder, "package.json"))) {
  console.error("Name a package's folder: npm run test:watch -- lib/policy");
  process.exitCode = 1;
} else {
  const jest = join(ROOT, "node_modules/jest/bin/jest.js");
  const options = ["--watch", "--selectProjects", "unit", "--testPathPatterns", join(ROOT, folder)];
  process.exitCode = await run(process.execPath, [jest, ...options, ...args]);
}
