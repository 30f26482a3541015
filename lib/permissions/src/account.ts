import type { Config } from "@studio-access/config";

/** One account, and what permissions in it are made from. */
export interface Account {
  readonly config: Config;
  readonly accountId: string;
  /** Name of the line of business whose account it is; absent: the shared-services account. */
  readonly lob?: string;
}
