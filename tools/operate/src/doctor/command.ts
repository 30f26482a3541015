import { chosenConfigFile, examineConfig } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand, writeJson } from "@studio-access/terraform-cli/command";

import { allChecks } from "./checks";
import { examine, exitCodeOf } from "./doctor";
import { findFacts } from "./facts";
import type { Check } from "./finding";
import { reportTable } from "./report-table";

interface Flags {
  readonly github?: true;
  readonly json?: string;
  readonly config?: string;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** GitHub's client takes long to load, so it is loaded only when it is needed. */
async function settingsOnGithub(configFile: string): Promise<Check> {
  const { githubCheck } = await import("./checks/github-settings");
  const { openRepository } = await import("./github-connection");
  const examined = examineConfig(configFile);
  const config = "config" in examined ? examined.config : undefined;
  return githubCheck(config, async (ci) => openRepository(ci, note));
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
  const checks = [
    ...allChecks(root, findFacts({ root, configFile, signal: stopping.signal })),
    ...(flags.github === true ? [await settingsOnGithub(configFile)] : []),
  ];
  let done = 0;
  const findings = await examine(checks, (name) => {
    done += 1;
    note(`  ${done}/${checks.length} ${name}`);
  });
  process.stdout.write(`\n${reportTable(findings)}\n`);
  await writeJson(flags.json, { configFile, time: new Date().toISOString(), findings });
  process.exitCode = exitCodeOf(findings);
}

export const command = studioCommand({
  name: "doctor",
  description:
    "Before a deploy: checks tools, config, credentials, zones, services, quotas and the state's bucket, all of them, and changes nothing.",
  examples: [
    ["./studio doctor --config config/prod.json", "what has to be mended before the first deploy"],
    ["./studio doctor --github", "and whether the repository has the settings that docs/ci.md asks for"],
  ],
  exitCodes: { 1: "a check fails; warnings do not count" },
  examinesConfig: false,
})
  .option("--json <file>", "write the findings, for machines")
  .option("--github", "also check the repository's settings, with GITHUB_TOKEN or the token of `gh`")
  .action(run);
