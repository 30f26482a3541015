import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { namedAccounts, stackNames } from "@studio-access/config";

import { signIns, type Deployed, type SignIn } from "../deployed-users";
import { readState } from "../state";

/** What the local AWS's page shows. */
export interface Facts {
  readonly endpoint: string;
  readonly region: string;
  readonly environment: string;
  /** File to source, relative to the checkout. */
  readonly shell: string;
  readonly accounts: readonly { readonly name: string; readonly id: string }[];
  readonly stacks: readonly { readonly name: string; readonly isDeployed: boolean }[];
  /** Stand-in users, once they are deployed. */
  readonly signIns: readonly SignIn[];
  /** Vantages that a call can come from. */
  readonly vantages: readonly string[];
  /** The page of the proofs; undefined before there is one. */
  readonly proofs: () => Promise<string | undefined>;
}

/** The facts about a deployment as it is now. */
export async function factsOf(deployed: Deployed): Promise<Facts> {
  const { endpoint, workspace } = deployed;
  const { config, directory, root } = workspace;
  const lobs = config.linesOfBusiness.map(({ name }) => name);
  const stacks = await Promise.all(
    stackNames(config).map(async (name) => ({ name, isDeployed: await hasState(deployed, name) })),
  );
  return {
    endpoint,
    region: config.region,
    environment: config.environment,
    shell: relative(root, join(directory, "env.sh")),
    accounts: namedAccounts(config).map(({ name, entry: { id } }) => ({ name, id })),
    stacks,
    signIns: stacks.every(({ isDeployed }) => isDeployed) ? await signIns(workspace) : [],
    vantages: ["on-premise", "access", ...lobs, "internet"],
    proofs: async () => readFile(join(directory, "verify.html"), "utf8").catch(() => undefined),
  };
}

async function hasState({ workspace }: Deployed, stack: string): Promise<boolean> {
  return readState(workspace, stack).then(
    ({ resources }) => resources > 0,
    () => false,
  );
}
