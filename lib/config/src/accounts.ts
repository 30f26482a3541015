import { lobsOf, type Draft } from "./draft";
import { renderPath, type Path } from "./path";
import type { AccountConfig, Config } from "./schema";

/** Accounts of a config, the shared-services account first, then those of the lines of business. */
export function accountsOf(
  config: Pick<Config, "sharedServices"> & {
    readonly linesOfBusiness: readonly Pick<Config["linesOfBusiness"][number], "account">[];
  },
): readonly AccountConfig[] {
  return [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)];
}

/** An account of a config, with its name for people and its path in the config. */
export interface NamedAccount {
  /** `shared-services`, or the line of business. */
  readonly name: string;
  /** Path in the config: `linesOfBusiness[0].account`. */
  readonly path: string;
  readonly entry: AccountConfig;
}

/**
 * The accounts of a config, the shared-services account first. Of a draft, only those that have an id and credentials.
 */
export function namedAccounts(draft: Draft): readonly NamedAccount[] {
  return [
    ...named("shared-services", draft.sharedServices, ["sharedServices"]),
    ...lobsOf(draft).flatMap(({ lob, path }) => named(lob.name, lob.account, [...path, "account"])),
  ];
}

function named(name: string | undefined, account: Draft["sharedServices"], path: Path): NamedAccount[] {
  const credentials = wholeCredentials(account?.credentials);
  if (name === undefined || account?.id === undefined || credentials === undefined) return [];
  return [{ name, path: renderPath(path), entry: { id: account.id, credentials } }];
}

function wholeCredentials(
  draft: NonNullable<Draft["sharedServices"]>["credentials"],
): AccountConfig["credentials"] | undefined {
  if (draft === undefined) return undefined;
  if ("profile" in draft && draft.profile !== undefined) return { profile: draft.profile };
  if ("assumeRole" in draft && draft.assumeRole !== undefined) return { assumeRole: draft.assumeRole };
  return undefined;
}
