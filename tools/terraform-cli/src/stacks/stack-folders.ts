import type { Config } from "@studio-access/config";

/** Where the stacks of one environment are synthesized to, and where what runs over them logs. */
export interface StackFolders {
  /** The checkout. */
  readonly root: string;
  readonly logs: string;
  /** The config that is deployed, and its content. */
  readonly configFile: string;
  readonly config: Config;
  /** Output folder of cdktf. */
  readonly outdir: string;
}
