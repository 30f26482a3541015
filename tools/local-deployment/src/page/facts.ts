import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { namedAccounts, stackNames, type Config } from "@studio-access/config";
import type { DeployedApis } from "@studio-access/local-aws";

import { apiUrl, portalUrl, signIns, type Deployed, type SignIn } from "../deployed-users";
import { readState } from "../state";

/** What the local AWS's page shows. */
export interface Facts {
  readonly endpoint: string;
  readonly region: string;
  readonly environment: string;
  /** File to source, relative to the checkout. */
  readonly shell: string;
  /** Undefined until everything is deployed. */
  readonly apiUrl: string | undefined;
  /** On AWS; undefined until the API has a page at its root. */
  readonly portalUrl: string | undefined;
  readonly accounts: readonly { readonly name: string; readonly id: string }[];
  readonly stacks: readonly StackFact[];
  /** Stand-in users, once they are deployed. */
  readonly signIns: readonly SignIn[];
  /** Vantages that a call can come from. */
  readonly vantages: readonly string[];
  /** Names of the log files. */
  readonly logs: readonly string[];
  /** A log file's text; undefined when there is no such file. */
  readonly log: (name: string) => Promise<string | undefined>;
  /** The page of the proofs; undefined before there is one. */
  readonly proofs: () => Promise<string | undefined>;
}

interface StackFact {
  readonly name: string;
  /** 0 when it is not deployed. */
  readonly resources: number;
}

/** The facts about a deployment as it is now. */
export async function factsOf(deployed: Deployed, apis: DeployedApis): Promise<Facts> {
  const { endpoint, workspace } = deployed;
  const { config, directory, root, logs: folder } = workspace;
  const stacks = await Promise.all(
    stackNames(config).map(async (name) => ({ name, resources: await resourcesOf(deployed, name) })),
  );
  const isDeployed = stacks.every(({ resources }) => resources > 0);
  const logs = await filesIn(folder);
  return {
    endpoint,
    region: config.region,
    environment: config.environment,
    shell: relative(root, join(directory, "env.sh")),
    apiUrl: isDeployed ? await apiUrl(deployed) : undefined,
    portalUrl: isDeployed ? await portalUrl(deployed, apis) : undefined,
    accounts: namedAccounts(config).map(({ name, entry: { id } }) => ({ name, id })),
    stacks,
    signIns: isDeployed ? await signIns(workspace) : [],
    vantages: vantagesOf(config),
    logs,
    // Only what stands in the folder itself is read, whatever the name says.
    log: async (name) => (logs.includes(name) ? readFile(join(folder, name), "utf8") : undefined),
    proofs: async () => readFile(join(directory, "verify.html"), "utf8").catch(() => undefined),
  };
}

/** Places with a VPC, and the internet. */
function vantagesOf({ linesOfBusiness }: Config): readonly string[] {
  return ["on-premise", "networking", "access", ...linesOfBusiness.map(({ name }) => name), "internet"];
}

async function resourcesOf({ workspace }: Deployed, stack: string): Promise<number> {
  // A stack without a state is not deployed, and a state that cannot be read is just being written.
  return readState(workspace, stack).then(
    ({ resources }) => resources,
    () => 0,
  );
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}
