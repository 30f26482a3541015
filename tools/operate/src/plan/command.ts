import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { jsonReport, markdownReport, review } from "@studio-access/plan-review";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { chosenStacks, forEachStack, parseAtOnce, plansAtOnce } from "../environment/each-stack";
import { interruption } from "../environment/interruption";
import { ReadOnlyStacks } from "../environment/read-only-stacks";
import { chosenRules } from "./chosen-rules";
import { withPlanFolder } from "./plan-folder";
import { plannedStack } from "./stack-planner";
import { EXIT_CODES, terminalReport } from "./terminal-report";

interface Flags {
  readonly markdown?: string;
  readonly json?: string;
  readonly config?: string;
  readonly rules?: string;
  readonly synthesized?: string;
  readonly plans?: string;
  readonly parallelism: number;
  readonly install: boolean;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function run(wanted: readonly string[], flags: Flags): Promise<void> {
  const rules = await chosenRules(flags.rules);
  const signal = interruption("Interrupted. Nothing was changed.");
  const stacks = await ReadOnlyStacks.open({
    root: checkoutRoot(),
    command: "plan",
    stacks: wanted,
    announce: note,
    noInstall: !flags.install,
    signal,
    configFile: flags.config,
    synthesized: flags.synthesized,
  });
  const names = chosenStacks(stacks.names, wanted);
  const plans = await withPlanFolder(flags.plans, (folder) =>
    forEachStack(
      names,
      async (name) => {
        const file = join(folder, `${name}.tfplan`);
        const result = await plannedStack(stacks, name, file);
        // A failed plan is removed, so that nobody applies it.
        if (result.failure !== undefined) await rm(file, { force: true });
        return { result, failed: result.failure !== undefined };
      },
      flags.parallelism,
    ),
  );
  signal.throwIfAborted();
  const { config } = stacks;
  const reviewed = review({ stacks: plans, config }, rules);
  const json = jsonReport(reviewed, config);
  const markdownFile = resolve(flags.markdown ?? join(stacks.directory, "review.md"));
  const jsonFile = resolve(flags.json ?? join(stacks.directory, "review.json"));
  await writeFile(markdownFile, markdownReport(reviewed, config));
  await writeFile(jsonFile, `${JSON.stringify(json, null, 2)}\n`);
  process.stdout.write(`\n${terminalReport(json)}\n\nThe whole review: ${markdownFile}\n`);
  process.exitCode = EXIT_CODES[json.verdict];
}

export const command = studioCommand({
  name: "plan",
  description: "Plans stacks without a lock, changes nothing, and reviews what the plans would do.",
  examples: [
    ["./studio plan", "every stack"],
    ["./studio plan lob-a --markdown review.md", "one stack, with the report for a pull request"],
  ],
  exitCodes: {
    0: "no changes",
    1: "a stack could not be planned",
    2: "changes",
    3: "changes that a rule blocks",
  },
})
  .argument("[stacks...]", "plan these only (default: all of the config)")
  .option("--markdown <file>", "where to write the report for people (default: below .studio-access/operate)")
  .option("--json <file>", "where to write the result for machines (default: beside it)")
  .addOption(
    new Option("--parallelism <n>", "stacks to plan at once")
      .argParser(parseAtOnce)
      .default(plansAtOnce(), "as many as memory allows"),
  )
  .option(
    "--synthesized <folder>",
    "plan what cdktf has written there, and run none of the checkout's stacks",
  )
  .option(
    "--plans <folder>",
    "keep Terraform's plans in this new folder, to apply them (default: removed after the review, since they hold secrets in clear text)",
  )
  .option("--rules <file>", "rules and exceptions to review by (default: config/plan-review.json)")
  .action(run);
