import type { Config } from "@studio-access/config";

/** Folders of one environment: its synthesized stacks and the logs of the commands that use them. */
export interface StackFolders {
  /** Path of the checkout. */
  readonly root: string;
  readonly logs: string;
  /** Path of the deployed config. */
  readonly configFile: string;
  readonly config: Config;
  /** Output folder of cdktf. */
  readonly outdir: string;
}
