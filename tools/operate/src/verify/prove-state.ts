import { chosenConfigFile } from "@studio-access/config";
import { readStateFolder, type ResourceInstance } from "@studio-access/terraform";
import { prove, type Proof } from "@studio-access/verify";

/** The command's options. */
export interface VerifyFlags {
  /** Folder of state files; absent: the environment's own state. */
  readonly stateDir?: string;
  readonly config?: string;
  readonly json?: string;
  readonly html?: string;
}

export interface ProveOptions {
  /** The process's environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Reads the environment's own state, when no folder of state files is given. */
  readonly environment: (configFile: string) => Promise<readonly ResourceInstance[]>;
}

/** Reads the chosen state, and compares it with the chosen config. */
export async function proveState(
  { stateDir, config, json, html }: VerifyFlags,
  { variables, environment }: ProveOptions,
): Promise<Proof> {
  const configFile = chosenConfigFile(config, variables);
  const resources =
    stateDir === undefined
      ? await environment(configFile)
      : (await readStateFolder(stateDir)).flatMap(({ instances }) => instances);
  return prove(resources, configFile, { json, html });
}
