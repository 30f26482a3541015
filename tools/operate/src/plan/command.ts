import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { jsonReport, markdownReport, review } from "@studio-access/plan-review";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { chosenStacks, forEachStack, parseAtOnce, plansAtOnce } from "../environment/each-stack";
import { interruption } from "../environment/interruption";
import { ReadOnlyStacks } from "../environment/read-only-stacks";
import { chosenRules } from "./chosen-rules";
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

/** An empty folder that only its owner can read, since plans hold secrets in clear text. */
async function emptyFolder(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

/** A new folder at the path that the user named. An existing folder is refused, since its files may be of value. */
async function newFolder(path: string): Promise<string> {
  const folder = resolve(path);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new Error(`${folder} cannot be made for the plans (${code}): name a folder that is not there yet.`);
  });
  return folder;
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
    ...(flags.config === undefined ? {} : { configFile: flags.config }),
    ...(flags.synthesized === undefined ? {} : { synthesized: flags.synthesized }),
  });
  const names = chosenStacks(stacks.names, wanted);
  const folder = await (flags.plans === undefined
    ? emptyFolder(join(stacks.directory, "plans"))
    : newFolder(flags.plans));
  const plans = await forEachStack(
    names,
    async (name) => {
      const file = join(folder, `${name}.tfplan`);
      const result = await plannedStack(stacks, name, file);
      // A failed plan is removed, so that nobody applies it.
      if (result.failure !== undefined) await rm(file, { force: true });
      return { result, failed: result.failure !== undefined };
    },
    flags.parallelism,
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
  .option(
    "--parallelism <n>",
    "stacks to plan at once (default: as many as memory allows)",
    parseAtOnce,
    plansAtOnce(),
  )
  .option(
    "--synthesized <folder>",
    "plan what cdktf has written there, and run none of the checkout's stacks",
  )
  .option("--plans <folder>", "keep the plans in this new folder; they hold secrets in clear text")
  .option("--rules <file>", "rules and exceptions to review by (default: config/plan-review.json)")
  .action(run);
