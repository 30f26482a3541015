import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { KMSClient } from "@aws-sdk/client-kms";
import { loadConfig, planKeyName } from "@studio-access/config";
import { stackFolder } from "@studio-access/terraform";
import { prepareTerraform, endWith } from "@studio-access/terraform-cli";
import { Command } from "commander";

import { kmsKeeper } from "../sealed/kms-keeper";
import { seal, unseal, type KeyKeeper, type SealContext } from "../sealed/seal";
import { applyReviewed, type Applied, type ReviewedStack } from "./apply-reviewed";
import { deployedStacks } from "./deployed-stacks";
import { TerraformStacks } from "./terraform-stacks";

const LOCK_FILE = ".terraform.lock.hcl";

interface Flags {
  readonly synthesized: string;
  readonly plans: string;
  readonly sealed: string;
  readonly config: string;
  readonly commit: string;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

interface Sealing {
  readonly keeper: KeyKeeper;
  readonly contextOf: (stack: string) => SealContext;
}

function sealing({ config: file, commit }: Pick<Flags, "config" | "commit">): Sealing {
  const config = loadConfig(file);
  const { environment, region } = config;
  return {
    keeper: kmsKeeper(new KMSClient({ region }), `alias/${planKeyName(config)}`),
    contextOf: (stack) => ({ environment, commit, stack }),
  };
}

/** Seals each plan that there is, and keeps beside it which providers made it. */
async function sealAll(flags: Flags): Promise<void> {
  const { keeper, contextOf } = sealing(flags);
  for (const { name: stack } of await deployedStacks(flags.synthesized)) {
    const plan = join(flags.plans, `${stack}.tfplan`);
    if (!existsSync(plan)) {
      say(`::warning::${stack} has no plan: it is planned after the stacks that it reads.`);
      continue;
    }
    await writeFile(
      join(flags.sealed, `${stack}.sealed`),
      await seal(await readFile(plan), contextOf(stack), keeper),
    );
    await copyFile(
      join(stackFolder(flags.synthesized, stack), LOCK_FILE),
      join(flags.sealed, `${stack}.lock.hcl`),
    );
  }
}

/** Opens the plans, and applies them. */
async function applyAll(flags: Flags): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "studio-access-apply-"));
  try {
    const tools = await prepareTerraform({ directory: scratch, noInstall: false, announce: say });
    const folder = resolve(flags.synthesized, "stacks");
    const environment = { ...process.env, ...tools.environment };
    const stacks = new TerraformStacks({ terraform: tools.terraform, folder, environment, scratch });
    const reviewed: ReviewedStack[] = [];
    for (const { name: stack, dependencies } of await deployedStacks(flags.synthesized)) {
      const planFile = await opened(flags, stack, scratch);
      if (planFile !== undefined) {
        await copyFile(join(flags.sealed, `${stack}.lock.hcl`), join(folder, stack, LOCK_FILE));
      }
      await stacks.initialize(stack, planFile !== undefined);
      reviewed.push({ stack, dependencies, planFile });
    }
    const done = await applyReviewed(reviewed, stacks, report);
    if (done.some(({ outcome }) => outcome === "stopped")) process.exitCode = 1;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function opened(flags: Flags, stack: string, scratch: string): Promise<string | undefined> {
  const file = join(flags.sealed, `${stack}.sealed`);
  if (!existsSync(file)) return undefined;
  const { keeper, contextOf } = sealing(flags);
  const plan = join(scratch, `${stack}.tfplan`);
  await writeFile(plan, await unseal(await readFile(file, "utf8"), contextOf(stack), keeper), {
    mode: 0o600,
  });
  return plan;
}

function report(applied: Applied): void {
  if ("reason" in applied)
    say(`::error::${applied.stack} is not applied: ${applied.reason.replaceAll("\n", "%0A")}`);
  else say(`${applied.stack}: ${applied.outcome}`);
}

const program = new Command("apply").description("Seals reviewed plans, and applies them stack by stack.");
for (const [name, description, action] of [
  ["seal", "Seals the plans of a folder, for the deploy job alone to open.", sealAll],
  ["reviewed", "Applies sealed plans, in order; stops at the first that is not what was reviewed.", applyAll],
] as const) {
  program
    .command(name)
    .description(description)
    .requiredOption("--synthesized <folder>", "what cdktf synth has written")
    .requiredOption("--sealed <folder>", "folder of the sealed plans")
    .requiredOption("--config <file>", "the environment's config")
    .requiredOption("--commit <sha>", "commit that was planned")
    .option("--plans <folder>", "folder of the plans, to seal them", "plans")
    .action(action);
}

endWith(program.parseAsync());
