import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { KMSClient } from "@aws-sdk/client-kms";
import { loadConfig, planKeyName } from "@studio-access/config";
import { stackFolder } from "@studio-access/terraform";
import { endWith, prepareTerraform, TerraformStacks } from "@studio-access/terraform-cli";
import { Command } from "commander";

import { kmsDataKeys } from "../plan-encryption/kms-data-keys";
import {
  encryptPlan,
  decryptPlan,
  type DataKeys,
  type EncryptionContext,
} from "../plan-encryption/plan-envelope";
import { applyReviewed, type Applied, type ReviewedStack } from "./apply-reviewed";
import { deployedStacks } from "./deployed-stacks";

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

interface PlanEncryption {
  readonly dataKeys: DataKeys;
  readonly contextOf: (stack: string) => EncryptionContext;
}

function planEncryption({ config: file, commit }: Pick<Flags, "config" | "commit">): PlanEncryption {
  const config = loadConfig(file);
  const { environment, region } = config;
  return {
    dataKeys: kmsDataKeys(new KMSClient({ region }), `alias/${planKeyName(config)}`),
    contextOf: (stack) => ({ environment, commit, stack }),
  };
}

/** Encrypts every plan, and stores beside it the lock file with the providers that made it. */
async function encryptAll(flags: Flags): Promise<void> {
  const { dataKeys, contextOf } = planEncryption(flags);
  for (const { name: stack } of await deployedStacks(flags.synthesized)) {
    const plan = join(flags.plans, `${stack}.tfplan`);
    if (!existsSync(plan)) {
      say(`::warning::${stack} has no plan: it is planned after the stacks that it reads.`);
      continue;
    }
    await writeFile(
      join(flags.sealed, `${stack}.sealed`),
      await encryptPlan(await readFile(plan), contextOf(stack), dataKeys),
    );
    await copyFile(
      join(stackFolder(flags.synthesized, stack), LOCK_FILE),
      join(flags.sealed, `${stack}.lock.hcl`),
    );
  }
}

/** Decrypts the plans, and applies them. */
async function applyAll(flags: Flags): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "studio-access-apply-"));
  try {
    const tools = await prepareTerraform({ directory: scratch, noInstall: false, announce: say });
    const environment = { ...process.env, ...tools.environment };
    const outdir = resolve(flags.synthesized);
    const stacks = new TerraformStacks({ terraform: tools.terraform, outdir, environment, scratch });
    const reviewed: ReviewedStack[] = [];
    for (const { name: stack, dependencies } of await deployedStacks(flags.synthesized)) {
      const planFile = await decrypted(flags, stack, scratch);
      if (planFile !== undefined) {
        await copyFile(join(flags.sealed, `${stack}.lock.hcl`), join(stackFolder(outdir, stack), LOCK_FILE));
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

async function decrypted(flags: Flags, stack: string, scratch: string): Promise<string | undefined> {
  const file = join(flags.sealed, `${stack}.sealed`);
  if (!existsSync(file)) return undefined;
  const { dataKeys, contextOf } = planEncryption(flags);
  const plan = join(scratch, `${stack}.tfplan`);
  await writeFile(plan, await decryptPlan(await readFile(file, "utf8"), contextOf(stack), dataKeys), {
    mode: 0o600,
  });
  return plan;
}

function report(applied: Applied): void {
  if ("reason" in applied)
    say(`::error::${applied.stack} is not applied: ${applied.reason.replaceAll("\n", "%0A")}`);
  else say(`${applied.stack}: ${applied.outcome}`);
}

const program = new Command("apply").description(
  "Encrypts plans, and applies them stack by stack after their review.",
);
for (const [name, description, action] of [
  ["seal", "Encrypts the plans of a folder; only the deploy job can decrypt them.", encryptAll],
  [
    "reviewed",
    "Applies encrypted plans, in order; stops at the first whose changes were not reviewed.",
    applyAll,
  ],
] as const) {
  program
    .command(name)
    .description(description)
    .requiredOption("--synthesized <folder>", "what cdktf synth has written")
    .requiredOption("--sealed <folder>", "folder of the encrypted plans")
    .requiredOption("--config <file>", "the environment's config")
    .requiredOption("--commit <sha>", "commit that was planned")
    .option("--plans <folder>", "folder of the plans to encrypt", "plans")
    .action(action);
}

endWith(program.parseAsync());
