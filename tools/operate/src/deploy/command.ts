import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isAdministratorsStack } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { asker } from "../environment/asker";
import { chosenStacks, parseAtOnce, plansAtOnce } from "../environment/each-stack";
import { interruption } from "../environment/interruption";
import { OperatedEnvironment } from "../environment/operated-environment";
import { ReadOnlyStacks } from "../environment/read-only-stacks";
import { chosenRules } from "../plan/chosen-rules";
import { ensureConsentIsPossible } from "./consent";
import type { DeployResult } from "./deploy-context";
import { Deployment } from "./deployment";
import { followersText } from "./followers";
import { outcomeText } from "./outcome-text";
import { deployContext, planOthers, type DeployOptions } from "./terraform-context";

interface Flags {
  readonly autoApprove?: true;
  readonly only?: true;
  readonly markdown?: string;
  readonly config?: string;
  readonly rules?: string;
  readonly parallelism: number;
  readonly install: boolean;
}

const INTERRUPTED =
  "Interrupted. What was done is in the state; deploy again to go on. What was half made is made anew, which a rule may " +
  "block: docs/plan-review.md says how to except it. Where it fails on what is there already: ./studio recover.";

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Plans, reviews, asks and applies; sets the process's exit code. @param wanted names of stacks; none: all */
export async function deployStacks(wanted: readonly string[], flags: Flags): Promise<void> {
  const signal = interruption(INTERRUPTED);
  const consent = { isGiven: flags.autoApprove === true, ask: asker(signal) };
  ensureConsentIsPossible(consent);
  const rules = await chosenRules(flags.rules);
  const environment = await OperatedEnvironment.open({
    root: checkoutRoot(),
    command: "deploy",
    announce: note,
    noInstall: !flags.install,
    signal,
    configFile: flags.config,
  });
  const stacks = await ReadOnlyStacks.of(environment, signal);
  // Private to this run: plans hold secrets in clear text, and another run must not replace what was reviewed.
  const plans = await mkdtemp(join(tmpdir(), "studio-access-deploy-"));
  try {
    const { markdown, parallelism } = flags;
    const options = { environment, stacks, plans, rules, consent, markdown, parallelism, signal };
    await deployChosen(wanted, flags.only === true, options);
  } finally {
    await rm(plans, { recursive: true, force: true });
  }
}

async function deployChosen(wanted: readonly string[], only: boolean, options: DeployOptions): Promise<void> {
  const { names, stacks } = options.stacks;
  const usual = names.filter((name) => !isAdministratorsStack(name));
  const chosen = chosenStacks(names, wanted.length === 0 ? usual : wanted);
  const deployment = new Deployment(
    stacks.filter(({ name }) => chosen.includes(name)),
    await deployContext(options),
  );
  const result = await deployment.run();
  print(`\n${outcomeText(result.ended)}`);
  if (result.error !== undefined) throw result.error;
  process.exitCode = exitCodeOf(result);
  const others = usual.filter((name) => !chosen.includes(name));
  if (process.exitCode !== 0 || only || others.length === 0) return;
  note("\nLooking whether other stacks have changes as well …");
  const following = followersText(await planOthers(others, options), options.stacks.config);
  if (following !== undefined) print(`\n${following}`);
}

function exitCodeOf({ blocked, ended }: DeployResult): 0 | 1 | 3 {
  if (blocked) return 3;
  return ended.some((one) => "reason" in one) ? 1 : 0;
}

export const command = studioCommand({
  name: "deploy",
  description:
    "Plans stacks, shows the review, asks, and applies exactly these plans, each stack after those that it reads. " +
    "Stacks that can only be planned after others are planned, reviewed and asked for after them: " +
    "on a first deploy networking, then access, then all others. " +
    "At the end it names other stacks that have changes as well.",
  examples: [
    ["./studio deploy", "every stack, after a question"],
    ["./studio deploy lob-c", "one stack, as for a new line of business"],
    ["./studio deploy lob-c --auto-approve", "the same without a question; rules still block"],
  ],
  exitCodes: {
    1: "a stack could not be planned or applied, or was not approved",
    3: "a rule blocks what was planned, which was not applied",
  },
})
  .argument("[stacks...]", "deploy these only (default: all of the config)")
  .option("--auto-approve", "apply without asking; needed without a terminal")
  .option("--only", "do not look whether other stacks have changes as well")
  .option("--markdown <file>", "where to write the review for people (default: below .studio-access/operate)")
  .addOption(
    new Option("--parallelism <n>", "stacks to plan or apply at once")
      .argParser(parseAtOnce)
      .default(plansAtOnce(), "as many as memory allows"),
  )
  .option("--rules <file>", "rules and exceptions to review by (default: config/plan-review.json)")
  .action(deployStacks);
