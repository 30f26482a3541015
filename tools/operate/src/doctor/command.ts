import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { chosenConfigFile } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { allChecks } from "./checks";
import { examine, exitCodeOf } from "./doctor";
import { findFacts } from "./facts";
import { reportTable } from "./report-table";

interface Flags {
  readonly json?: string;
  readonly config?: string;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function run(flags: Flags): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      stopping.abort();
      process.exit(1);
    });
  }
  const root = checkoutRoot();
  const configFile = chosenConfigFile(flags.config);
  const place = process.env["AWS_ENDPOINT_URL"];
  note(`Checking ${configFile} against ${place === undefined ? "AWS" : `the AWS at ${place}`} …`);
  const checks = allChecks(root, findFacts({ root, configFile, signal: stopping.signal }));
  let done = 0;
  const findings = await examine(checks, (name) => {
    done += 1;
    note(`  ${done}/${checks.length} ${name}`);
  });
  process.stdout.write(`\n${reportTable(findings)}\n`);
  if (flags.json !== undefined) {
    const report = { configFile, time: new Date().toISOString(), findings };
    await writeFile(resolve(flags.json), `${JSON.stringify(report, null, 2)}\n`);
  }
  process.exitCode = exitCodeOf(findings);
}

export const command = studioCommand({
  name: "doctor",
  description:
    "Before a deploy: checks tools, config, credentials, zones, services, quotas and the state's bucket, all of them, and changes nothing.",
  examples: [["./studio doctor --config config/prod.json", "what has to be mended before the first deploy"]],
  exitCodes: { 1: "a check fails; warnings do not count" },
  examinesConfig: false,
})
  .option("--json <file>", "write the findings, for machines")
  .action(run);
