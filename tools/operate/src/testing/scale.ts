import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";

import { CONFIG_VARIABLE, loadConfig, validate, type Config } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";

import {
  profileAssociations,
  quotaNeeds,
  zoneAssociations,
  type QuotaNeed,
} from "../doctor/checks/quota-needs";
import { readSynthesized, type Synthesized } from "../doctor/synthesized";
import { text } from "../environment/placed-resources";

/**
 * What a synth costs and what it makes, by the number of lines of business: `npm run -w tools/operate scale -- 2 10 100`.
 * With `--organization` all accounts are in one, with `--profile` a Route 53 Profile shares the zones.
 */
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    organization: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
  },
});

function configWith(lobs: number): Config {
  const local = loadConfig(join(checkoutRoot(), "config/local.json"));
  const config: Config = {
    ...local,
    onPremise: null,
    organizationId: flags.organization ? "o-exampleorg1" : null,
    network: {
      ...local.network,
      // Room for two thousand lines of business.
      lobSupernets: ["10.128.0.0/9"],
      zoneSharing: flags.profile ? "profile" : "associations",
    },
    linesOfBusiness: Array.from({ length: lobs }, (_, index) => {
      const id = String(600_000_000_000 + index);
      return {
        name: `lob-${index}`,
        account: { id, credentials: { assumeRole: `arn:aws:iam::${id}:role/studio-access-deploy` } },
        cidr: `10.${128 + Math.floor(index / 16)}.${(index % 16) * 16}.0/20`,
        domainName: `studio-lob-${index}`,
        users: [`user-lob-${index}`],
      };
    }),
  };
  const validation = validate(config);
  if ("problems" in validation)
    throw new Error(validation.problems.map(({ path, rule }) => `${path}: ${rule}`).join("\n"));
  return config;
}

interface Usage {
  /** Seconds of CPU, of user and system. */
  readonly cpu: number;
  readonly megabytes: number;
}

/** Says at the end of a Node program what it used, since Node does not tell of its children. */
const TELLS = `data:text/javascript,process.on("exit",()=>{
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpu: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1024 }));
})`.replaceAll(/\s+/g, "%20");

async function synthesize(configFile: string, outdir: string): Promise<Usage> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--import", TELLS, "stacks/main.ts"],
    {
      cwd: checkoutRoot(),
      env: { ...process.env, [CONFIG_VARIABLE]: configFile, CDKTF_OUTDIR: outdir },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Usage;
}

/** The longest text, without blanks, of an attribute of a type; for inline policies, of all that a role has. */
function longest({ resources }: Synthesized, type: string, attribute: string, group?: string): number {
  const sums = new Map<string, number>();
  for (const resource of resources.filter((each) => each.type === type)) {
    const key = `${resource.stack} ${group === undefined ? resource.address : text(resource, group)}`;
    sums.set(key, (sums.get(key) ?? 0) + text(resource, attribute).replaceAll(/\s/g, "").length);
  }
  return Math.max(0, ...sums.values());
}

function largestNeeds(synthesized: Synthesized): readonly QuotaNeed[] {
  const accounts = [...new Set(synthesized.resources.map(({ accountId }) => accountId))];
  const largest = new Map<string, QuotaNeed>();
  for (const need of accounts.flatMap((account) => quotaNeeds(synthesized, account, 0))) {
    const known = largest.get(need.quota.code);
    if (known === undefined || known.need < need.need) largest.set(need.quota.code, need);
  }
  return [...largest.values()];
}

async function measure(lobs: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "studio-access-scale-"));
  try {
    const configFile = join(directory, "config.json");
    await writeFile(configFile, JSON.stringify(configWith(lobs)));
    const outdir = join(directory, "cdktf.out");
    const { cpu, megabytes } = await synthesize(configFile, outdir);
    const synthesized = await readSynthesized(outdir);
    const { resources } = synthesized;
    const inStack = (name: string): number => resources.filter(({ stack }) => stack === name).length;
    const stackFile = await readFile(join(outdir, "stacks/networking/cdk.tf.json"), "utf8");
    return [
      `${lobs} lines of business: synth ${cpu.toFixed(1)} s of CPU, ${megabytes.toFixed(0)} MB at the most; ${resources.length} resources`,
      `  networking ${inStack("networking")}, access ${inStack("access")}, a line of business ${inStack("lob-0")}; networking's file ${stackFile.length} characters`,
      `  policies, longest: role, inline ${longest(synthesized, "aws_iam_role_policy", "policy", "role")} of 10240; ` +
        `trust ${longest(synthesized, "aws_iam_role", "assume_role_policy")} of 2048; ` +
        `endpoint ${longest(synthesized, "aws_vpc_endpoint", "policy")} of 20480; ` +
        `key ${longest(synthesized, "aws_kms_key", "policy")} of 32768`,
      `  quotas: ${largestNeeds(synthesized)
        .map(({ quota, need }) => `${quota.name} ${need}`)
        .join(
          "; ",
        )}; VPCs per zone ${zoneAssociations(synthesized)} of 300; VPCs per profile ${profileAssociations(synthesized)} of 1000`,
      "",
    ].join("\n");
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function measureAll(): Promise<void> {
  for (const lobs of positionals) process.stdout.write(await measure(Number(lobs)));
}

measureAll().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
