import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { parseArguments, type VerifyArguments } from "./arguments";
import { readVerifiedConfig } from "./expect/config";
import { CellRecorder } from "./page/cell-recorder";
import { verifiedPage } from "./page/page";
import { jsonReport } from "./report/json";
import { terminalReport } from "./report/terminal";
import { readEnvironment } from "./state/read-environment";
import { readStateFolder } from "./state/read-state";
import { verify } from "./verify";

const ROOT = join(__dirname, "../../..");

/** @returns whether nothing is a surprise */
async function run({ stateDir, config, json, html, install }: VerifyArguments): Promise<boolean> {
  const configFile = resolve(
    config ?? process.env["STUDIO_ACCESS_CONFIG"] ?? join(ROOT, "config/local.json"),
  );
  const resources =
    stateDir === undefined
      ? await readEnvironment(ROOT, { configFile, noInstall: !install })
      : await readStateFolder(stateDir);
  const verifiedConfig = await readVerifiedConfig(configFile);
  const recorder = html === undefined ? undefined : new CellRecorder();
  const verification = verify(resources, verifiedConfig, recorder && { listener: recorder });
  process.stdout.write(terminalReport(verification));
  if (json !== undefined) await writeFile(json, jsonReport(verification));
  if (html !== undefined && recorder !== undefined) {
    const options = { config: verifiedConfig, provedAt: new Date() };
    await writeFile(html, await verifiedPage(verification, recorder, options));
  }
  return verification.surprises.length === 0;
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
