import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CONFIG_VARIABLE, examineConfig, type NamedAccount, type Problem } from "@studio-access/config";
import { runLogged } from "@studio-access/terraform-cli";

import { inAccount, type AccountClientSettings } from "../environment/account-client";
import { awsFailure } from "./aws-failure";
import { usableConfig, type DoctorConfig } from "./doctor-config";
import { known, unknown, type Known } from "./finding";
import { readSynthesized, type Synthesized } from "./synthesized";

/** The identity that an account's credentials belong to, from STS GetCallerIdentity. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** Whether the app synthesized, and what it printed. */
export interface Synthesis {
  readonly ok: boolean;
  readonly output: string;
}

/** Inputs that several checks share; each is read only once. */
export interface Facts {
  readonly configFile: string;
  /** Every problem of the config; empty when it is valid. */
  readonly problems: readonly Problem[];
  /** Synthesizes the stacks; a config with problems is not synthesized. */
  readonly synthesis: () => Promise<Synthesis>;
  readonly config: () => Promise<Known<DoctorConfig>>;
  readonly synthesized: () => Promise<Known<Synthesized>>;
  readonly caller: (account: NamedAccount) => Promise<Known<CallerIdentity>>;
  /** SDK settings of an account; known only when its credentials belong to it. */
  readonly account: (account: NamedAccount) => Promise<Known<AccountClientSettings>>;
}

export interface FactsOptions {
  /** Path of the checkout. */
  readonly root: string;
  /** Absolute path. */
  readonly configFile: string;
  readonly signal: AbortSignal;
}

export function findFacts(options: FactsOptions): Facts {
  const { configFile } = options;
  const outdir = join(options.root, ".studio-access", "operate", "doctor", "cdktf.out");
  const validation = examineConfig(configFile);
  const problems = "problems" in validation ? validation.problems : [];
  const usable = usableConfig(validation);
  const config = (): Promise<Known<DoctorConfig>> =>
    Promise.resolve(usable === undefined ? unknown("the config cannot be used") : known(usable));
  const synthesis = once(() =>
    problems.length > 0 ? Promise.resolve({ ok: false, output: "" }) : synthesize(options, outdir),
  );
  const synthesized = once(async () =>
    (await synthesis()).ok ? known(await readSynthesized(outdir)) : unknown("the stacks do not synthesize"),
  );
  const settingsOf = async ({ entry }: NamedAccount): Promise<Known<AccountClientSettings>> => {
    const found = await config();
    return found.known ? known(quick(inAccount(entry, found.value.region))) : found;
  };
  const caller = oncePer(async (account) => {
    const settings = await settingsOf(account);
    return settings.known ? whoIs(settings.value) : settings;
  });
  const account = oncePer(async (named) => {
    const who = await caller(named);
    const isRight = who.known && who.value.accountId === named.entry.id;
    return isRight
      ? settingsOf(named)
      : unknown(`the credentials of ${named.name} do not lead to its account`);
  });
  return { configFile, problems, synthesis, config, synthesized, caller, account };
}

/** The doctor reports soon that AWS does not respond, instead of retrying for minutes. */
function quick(settings: AccountClientSettings): AccountClientSettings {
  return { ...settings, ...FAIL_FAST };
}

/** Settings for SDK clients: few attempts and short timeouts. */
export const FAIL_FAST = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 },
} as const;

async function whoIs(settings: AccountClientSettings): Promise<Known<CallerIdentity>> {
  try {
    const { Account = "", Arn = "" } = await new STSClient(settings).send(new GetCallerIdentityCommand());
    return known({ accountId: Account, arn: Arn });
  } catch (error) {
    const why = awsFailure(error);
    if (why === undefined) throw error;
    return unknown(why);
  }
}

/**
 * Runs the app without the cdktf CLI, which needs Terraform: Terraform may be missing, and the doctor has to say so. The
 * doctor has its own output folder, so it does not disturb a deploy that runs at the same time.
 */
async function synthesize({ root, configFile, signal }: FactsOptions, outdir: string): Promise<Synthesis> {
  const { app } = JSON.parse(await readFile(join(root, "cdktf.json"), "utf8")) as { app: string };
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const lines: string[] = [];
  const { code } = await runLogged("/bin/sh", ["-c", app], {
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: outdir, [CONFIG_VARIABLE]: configFile },
    logFile: join(outdir, "..", "logs", "synth.log"),
    signal,
    onLine: (line) => {
      lines.push(line);
    },
  });
  return { ok: code === 0, output: lines.join("\n") };
}

function once<Value>(find: () => Promise<Value>): () => Promise<Value> {
  let found: Promise<Value> | undefined;
  return () => (found ??= find());
}

function oncePer<Value>(
  find: (account: NamedAccount) => Promise<Value>,
): (account: NamedAccount) => Promise<Value> {
  const found = new Map<string, Promise<Value>>();
  return (account) => {
    const running = found.get(account.path) ?? find(account);
    found.set(account.path, running);
    return running;
  };
}
