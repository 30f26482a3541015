import { parseArgs } from "node:util";
import { bundleAll } from "./bundle-all";

/** `npm run bundle [-- --verbose]` */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { verbose: { type: "boolean", default: false } } });
  for (const { name, zipBytes, changed } of await bundleAll()) {
    if (values.verbose) process.stdout.write(`${name} ${zipBytes} bytes${changed ? "" : ", unchanged"}\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
