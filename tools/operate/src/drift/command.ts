import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand, writeJson } from "@studio-access/terraform-cli/command";

import { chosenStacks, forEachStack } from "../environment/each-stack";
import { interruption } from "../environment/interruption";
import { ReadOnlyStacks } from "../environment/read-only-stacks";
import { awsOptions } from "./aws-options";
import { reportTable } from "./report-table";
import { examine, exitCodeOf, reportsOf, type Examined } from "./stack-report";

interface Flags {
  readonly json?: string;
  readonly config?: string;
  readonly install: boolean;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Plans several stacks at a time, and shows the progress. */
async function examineAll(stacks: ReadOnlyStacks, names: readonly string[]): Promise<readonly Examined[]> {
  return forEachStack(names, async (name) => {
    const examined = await examine(stacks, name);
    return { result: examined, failed: "error" in examined };
  });
}

async function run(wanted: readonly string[], flags: Flags): Promise<void> {
  const signal = interruption("Interrupted. Nothing was changed.");
  const stacks = await ReadOnlyStacks.open({
    root: checkoutRoot(),
    command: "drift",
    stacks: wanted,
    announce: note,
    noInstall: !flags.install,
    signal,
    configFile: flags.config,
  });
  const names = chosenStacks(stacks.names, wanted);
  const examined = await examineAll(stacks, names);
  signal.throwIfAborted();
  const { config } = stacks;
  const reports = reportsOf(examined, names.length === stacks.names.length, (account) =>
    awsOptions(config, account),
  );
  process.stdout.write(`\n${reportTable(reports)}\n`);
  await writeJson(flags.json, {
    environment: config.environment,
    time: new Date().toISOString(),
    stacks: reports,
  });
  process.exitCode = exitCodeOf(reports);
}

export const command = studioCommand({
  name: "drift",
  description:
    "Plans stacks without a lock and changes nothing: tells what changed outside of Terraform from what the config has new.",
  examples: [
    ["./studio drift", "every stack"],
    ["./studio drift lob-a --json drift.json", "one stack, with a report for machines"],
  ],
  exitCodes: { 1: "a stack could not be planned", 2: "something changed outside of Terraform" },
})
  .argument("[stacks...]", "these only; additions by hand are then not looked for (default: all)")
  .option("--json <file>", "write what was found, for machines; sensitive values are left out")
  .action(run);
