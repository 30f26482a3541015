import { createHash } from "node:crypto";
import { join, resolve } from "node:path";

export interface WorkingFolderOptions {
  /** Path of the checkout. */
  readonly root: string;
  readonly configFile: string;
  /** Name of the environment in the config. */
  readonly environment: string;
  /** Name of the command, such as `drift`. */
  readonly command: string;
}

/**
 * Folder in which one command keeps its synthesized stacks, Terraform's working folders and its logs. Other commands, which
 * may run at the same time, have their own folders, and so has another config with the same environment name.
 */
export function workingFolder({ root, configFile, environment, command }: WorkingFolderOptions): string {
  const config = createHash("sha256").update(resolve(configFile)).digest("hex").slice(0, 8);
  return join(root, ".studio-access", "operate", `${environment}-${config}`, command);
}
