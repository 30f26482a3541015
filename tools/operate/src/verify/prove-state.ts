import { chosenConfigFile } from "@studio-access/config";
import { readStateFolder, type ResourceInstance } from "@studio-access/terraform";
import { prove, type Proof } from "@studio-access/verify";

import type { VerifyArguments } from "./arguments";

/** The source of the states when no folder of state files is given. */
export interface StateSources {
  /** Reads the environment's own state through Terraform. */
  readonly environment: (options: {
    readonly configFile: string;
    readonly noInstall: boolean;
  }) => Promise<readonly ResourceInstance[]>;
}

export interface ProveOptions {
  /** The process's environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly sources: StateSources;
}

/** Reads the chosen state, and compares it with the chosen config. */
export async function proveState(
  { stateDir, config, json, html, install }: VerifyArguments,
  { variables, sources }: ProveOptions,
): Promise<Proof> {
  const configFile = chosenConfigFile(config, variables);
  const resources =
    stateDir === undefined
      ? await sources.environment({ configFile, noInstall: !install })
      : (await readStateFolder(stateDir)).flatMap(({ instances }) => instances);
  return prove(resources, configFile, { json, html });
}
