import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { checkoutRoot } from "@studio-access/toolchain";
import { Command } from "commander";
import { Listr, PRESET_TIMER } from "listr2";

import { ReadOnlyStacks } from "./read-only-stacks";
import { reportTable } from "./report-table";
import { examine, exitCodeOf, reportsOf, type Examined } from "./stack-report";

interface Flags {
  readonly stack?: readonly string[];
  readonly json?: string;
  readonly config?: string;
  readonly install: boolean;
}

/** Each Terraform process with the AWS provider takes several hundred megabytes. */
const PARALLELISM = 2;

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Plans the stacks, two at a time, and shows how far it is. */
async function examineAll(stacks: ReadOnlyStacks, names: readonly string[]): Promise<readonly Examined[]> {
  const found = new Map<string, Examined>();
  await new Listr(
    names.map((name) => ({
      title: name,
      task: async (_context, task): Promise<void> => {
        const examined = await examine(stacks, name);
        found.set(name, examined);
        if ("error" in examined) task.title = `${name}: failed`;
      },
    })),
    {
      concurrent: PARALLELISM,
      registerSignalListeners: false,
      rendererOptions: { timer: PRESET_TIMER },
      fallbackRendererOptions: { timer: PRESET_TIMER },
      fallbackRendererCondition: () => !process.stdout.isTTY,
    },
  ).run();
  return names.flatMap((name) => found.get(name) ?? []);
}

function chosen(all: readonly string[], wanted: readonly string[] | undefined): readonly string[] {
  if (wanted === undefined) return all;
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`The config has no stack ${unknown.join(", ")}; it has ${all.join(", ")}.`);
  return all.filter((name) => wanted.includes(name));
}

async function run(flags: Flags): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      stopping.abort(new Error("Interrupted. Nothing was changed."));
    });
  }
  note("Synthesizing the stacks of this environment …");
  const stacks = await ReadOnlyStacks.open({
    root: checkoutRoot(),
    announce: note,
    noInstall: !flags.install,
    signal: stopping.signal,
    ...(flags.config === undefined ? {} : { configFile: flags.config }),
  });
  const names = chosen(stacks.names, flags.stack);
  const examined = await examineAll(stacks, names);
  stopping.signal.throwIfAborted();
  const reports = reportsOf(examined, names.length === stacks.names.length);
  process.stdout.write(`\n${reportTable(reports)}\n`);
  if (flags.json !== undefined) {
    const report = { environment: stacks.environment, time: new Date().toISOString(), stacks: reports };
    await writeFile(resolve(flags.json), `${JSON.stringify(report, null, 2)}\n`);
  }
  process.exitCode = exitCodeOf(reports);
}

const program = new Command("npm run drift --")
  .description(
    "Plans every stack without a lock and changes nothing: tells what changed outside of Terraform from what the config has new. " +
      "Exit code 0: nothing changed outside; 2: something did; 1: a stack could not be looked at.",
  )
  .option("--stack <names...>", "look at these stacks only; what was added by hand is then not looked for")
  .option("--json <file>", "write what was found, for machines; sensitive values are left out")
  .option("--config <file>", "config to look at (default: STUDIO_ACCESS_CONFIG, else config/local.json)")
  .option("--no-install", "never download or install anything")
  .action(run);

program.parseAsync().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
