import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { studioCommand, writeJson } from "@studio-access/terraform-cli/command";

import { shownPath } from "../config-edit/shown-path";
import { configReport } from "./report";
import { summaryOf } from "./summary";

interface Flags {
  readonly config?: string;
  readonly json?: string;
}

async function run(flags: Flags): Promise<void> {
  const configFile = chosenConfigFile(flags.config);
  const summary = summaryOf(loadConfig(configFile));
  process.stdout.write(`${configReport(shownPath(configFile), summary)}\n`);
  await writeJson(flags.json, { configFile, ...summary });
}

export const command = studioCommand({
  name: "config",
  description:
    "Checks a config, and shows what it makes: stacks in their order, accounts, ranges and users. Calls no AWS service.",
  examples: [
    ["./studio config --config config/prod.json", "its problems, or what it makes"],
    ["./studio config --json config-summary.json", "the same for machines"],
  ],
  exitCodes: { 1: "the config has problems" },
})
  .option("--json <file>", "write the summary, for machines")
  .action(run);
