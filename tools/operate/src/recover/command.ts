import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { asker } from "../environment/asker";
import { chosenStacks } from "../environment/each-stack";
import { interruption } from "../environment/interruption";
import { OperatedEnvironment } from "../environment/operated-environment";
import { recover, type Recovered } from "./recover";
import { Recovery } from "./recovery";

interface Flags {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly releaseLock?: true;
  readonly config?: string;
  readonly install: boolean;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function run(wanted: readonly string[], flags: Flags): Promise<void> {
  const signal = interruption("Interrupted. What was adopted is in the state; run recover again to go on.");
  const ask = asker(signal);
  const dryRun = flags.dryRun === true;
  if (!dryRun && flags.yes !== true && ask === undefined)
    throw new Error(
      "Without a terminal nobody can be asked, so nothing was looked for. Use --dry-run to see what would be adopted, or --yes.",
    );
  const environment = await OperatedEnvironment.open({
    root: checkoutRoot(),
    command: "recover",
    announce: (text) => process.stderr.write(`${text}\n`),
    noInstall: !flags.install,
    signal,
    configFile: flags.config,
  });
  const recovery = new Recovery(environment, signal);
  const answers = async (question: string, given: boolean): Promise<boolean> =>
    given || (await ask?.(`${question} Only 'yes' does: `))?.trim() === "yes";
  const outcomes = new Map<string, Recovered>();
  for (const stack of chosenStacks(environment.stacks, wanted)) {
    signal.throwIfAborted();
    const outcome = await recover(stack, {
      find: async (name) => recovery.find(name),
      adopt: async (...args) => recovery.adopt(...args),
      adoptRows: async (...args) => recovery.adoptRows(...args),
      lock: async (name) => recovery.lock(name),
      releaseLock: async (...args) => recovery.releaseLock(...args),
      damages: (name) => recovery.damages(name),
      print,
      approves: async (question) => answers(question, flags.yes === true),
      // A deploy may still run: --yes alone is no consent to this.
      releasesLock: async (question) => answers(question, flags.releaseLock === true),
      dryRun,
    });
    outcomes.set(stack, outcome);
  }
  print(`\n${closing(outcomes)}`);
  process.exitCode = exitCodeOf([...outcomes.values()]);
}

function closing(outcomes: ReadonlyMap<string, Recovered>): string {
  const named = (outcome: Recovered): string =>
    [...outcomes].flatMap(([stack, each]) => (each === outcome ? stack : [])).join(" ");
  const lines = [
    ["found", (names: string) => `Nothing was adopted (--dry-run). To adopt: ./studio recover ${names}`],
    ["not adopted", (names: string) => `Not adopted, or in part: ${names}`],
    [
      "adopted",
      (names: string) =>
        `Recovered. Now: ./studio deploy ${names}, then ./studio drift, which names rules that AWS gave new security groups.`,
    ],
  ] as const;
  const said = lines.flatMap(([outcome, text]) => (named(outcome) === "" ? [] : text(named(outcome))));
  return said.length === 0 ? "Nothing to recover." : said.join("\n");
}

function exitCodeOf(outcomes: readonly Recovered[]): 0 | 1 | 2 {
  if (outcomes.includes("not adopted")) return 1;
  return outcomes.includes("found") ? 2 : 0;
}

export const command = studioCommand({
  name: "recover",
  description:
    "Finds what a deploy that was cut off has left in AWS and in no state, shows import blocks for it, and imports it " +
    "after a question. Deletes nothing.",
  examples: [
    ["./studio recover", "every stack, after a question for each"],
    ["./studio recover lob-a --dry-run", "shows what would be imported, and imports nothing"],
    [
      "./studio recover --yes --release-lock",
      "without questions; also releases the lock that the deploy left",
    ],
  ],
  exitCodes: { 1: "something was not adopted", 2: "with --dry-run: something would be adopted" },
})
  .argument("[stacks...]", "recover these only (default: all of the config)")
  .option("--dry-run", "show what would be imported, and import nothing")
  .option("--yes", "import without asking; needed without a terminal")
  .option("--release-lock", "release the lock of a state, which a deploy that was cut off has left")
  .action(run);
