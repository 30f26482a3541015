import type { NamedAccount } from "@studio-access/config";
import pMap from "p-map";

import type { AccountClientSettings } from "../environment/account-client";
import type { DoctorConfig } from "./doctor-config";
import { failedCheck } from "./doctor";
import type { Facts } from "./facts";
import { notChecked, type Finding } from "./finding";

/** An account whose credentials belong to it, with what a check needs. */
export interface OpenedAccount {
  readonly config: DoctorConfig;
  readonly account: NamedAccount;
  readonly settings: AccountClientSettings;
  /** Name of the check for this account: `zones (lob-a)`. */
  readonly check: string;
}

/** Accounts checked at the same time; each takes several calls. */
export const ACCOUNTS_AT_ONCE = 10;

/** Runs one check in every account; an account that cannot be checked does not stop the others. */
export async function perAccount(
  name: string,
  facts: Facts,
  look: (opened: OpenedAccount) => Promise<readonly Finding[]>,
  accountsOf: (config: DoctorConfig) => readonly NamedAccount[] = ({ accounts }) => accounts,
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
