import { ensurePackages, ROOT, run } from "./setup.mjs";

// Node 20 is supported here, so the AWS SDK's warning that it will drop Node 20 does not help an operator.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** One of the operator's commands: `node scripts/operate.mjs NAME …`. */
const [name, ...args] = process.argv.slice(2);
try {
  await ensurePackages({ mayInstall: !args.includes("--no-install") });
  const command = `${ROOT}/tools/operate/src/${name}/cli.ts`;
  process.exitCode = await run(process.execPath, ["--import", "tsx", command, ...args]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
