import { chosenConfigFile } from "@studio-access/config";
import { readStateFolder, type ResourceInstance } from "@studio-access/terraform";
import { prove, type Proof } from "@studio-access/verify";

import type { VerifyArguments } from "./arguments";

/** Where a state comes from, unless it is in files of a folder: then neither Terraform nor a network is asked. */
export interface StateSources {
  /** The environment's own state, through Terraform. */
  readonly environment: (options: {
    readonly configFile: string;
    readonly noInstall: boolean;
  }) => Promise<readonly ResourceInstance[]>;
}

export interface ProveOptions {
  /** Variables of the caller's environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly sources: StateSources;
}

/** Reads the state that was asked for, and compares it with the config that was asked for. */
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
