import pMap from "p-map";

import type { AccountClientSettings } from "../environment/account-client";
import { namedAccounts, type DoctorConfig, type NamedAccount } from "./doctor-config";
import { failedCheck } from "./doctor";
import type { Facts } from "./facts";
import { notChecked, type Finding } from "./finding";

/** An account whose credentials lead to it, and what a check needs of it. */
export interface OpenedAccount {
  readonly config: DoctorConfig;
  readonly account: NamedAccount;
  readonly settings: AccountClientSettings;
  /** Name of the check for this account: `zones (lob-a)`. */
  readonly check: string;
}

/** As many accounts at once; each takes several calls. */
export const ACCOUNTS_AT_ONCE = 10;

/** Looks at every account alike; one that cannot be looked at does not keep the others from it. */
export async function perAccount(
  name: string,
  facts: Facts,
  look: (opened: OpenedAccount) => Promise<readonly Finding[]>,
  accountsOf: (config: DoctorConfig) => readonly NamedAccount[] = namedAccounts,
): Promise<readonly Finding[]> {
  const config = await facts.config();
  if (!config.known) return [notChecked(name, config.why)];
  const lookAt = async (account: NamedAccount): Promise<readonly Finding[]> => {
    const check = `${name} (${account.name})`;
    const settings = await facts.account(account);
    if (!settings.known) return [notChecked(check, settings.why)];
    try {
      return await look({ config: config.value, account, settings: settings.value, check });
    } catch (error) {
      return [failedCheck(check, error)];
    }
  };
  return (await pMap(accountsOf(config.value), lookAt, { concurrency: ACCOUNTS_AT_ONCE })).flat();
}
