import { join, resolve } from "node:path";

import { checkoutRoot } from "@studio-access/toolchain";
import { prove, readStateFolder } from "@studio-access/verify";

import { parseArguments, type VerifyArguments } from "./arguments";
import { readEnvironment } from "./read-environment";

/** @returns whether nothing is a surprise */
async function run({ stateDir, config, json, html, install }: VerifyArguments): Promise<boolean> {
  const root = checkoutRoot();
  const configFile = resolve(
    config ?? process.env["STUDIO_ACCESS_CONFIG"] ?? join(root, "config/local.json"),
  );
  const resources =
    stateDir === undefined
      ? await readEnvironment(root, { configFile, noInstall: !install })
      : await readStateFolder(stateDir);
  const { ok, report } = await prove(resources, configFile, { json, html });
  process.stdout.write(report);
  return ok;
}

run(parseArguments(process.argv.slice(2))).then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
