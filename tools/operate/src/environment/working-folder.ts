import { createHash } from "node:crypto";
import { join, resolve } from "node:path";

export interface WorkingFolderOptions {
  /** The checkout. */
  readonly root: string;
  readonly configFile: string;
  /** Name of the environment, as the config has it. */
  readonly environment: string;
  /** `drift` for `npm run drift`. */
  readonly command: string;
}

/**
 * Where one command keeps its synthesized stacks, Terraform's working folders and its logs: apart from those of other
 * commands, which may run meanwhile, and from those of another config of the same name, whose state is elsewhere.
 */
export function workingFolder({ root, configFile, environment, command }: WorkingFolderOptions): string {
  const config = createHash("sha256").update(resolve(configFile)).digest("hex").slice(0, 8);
  return join(root, ".studio-access", "operate", `${environment}-${config}`, command);
}
