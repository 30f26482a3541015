import { ensurePackages, ROOT, run } from "./setup.mjs";

const args = process.argv.slice(2);
try {
  await ensurePackages({ mayInstall: !args.includes("--no-install"), python: true });
  process.exitCode = await run(process.execPath, [
    "--import",
    "tsx",
    `${ROOT}/tools/local-deployment/src/cli.ts`,
    ...args,
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
