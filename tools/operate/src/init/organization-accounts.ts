import { OrganizationsClient, paginateListAccounts } from "@aws-sdk/client-organizations";

import { isAccessDenied } from "../doctor/aws-failure";
import type { AccountClientSettings } from "../environment/account-client";

/** An account of the Organization that is in use. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
}

/**
 * The active accounts of the caller's Organization, by name; undefined where the caller may not list them: only the management
 * account and delegated administrators may.
 */
export async function readOrganizationAccounts(
  settings: AccountClientSettings,
): Promise<readonly OrganizationAccount[] | undefined> {
  const accounts: OrganizationAccount[] = [];
  try {
    const client = new OrganizationsClient(settings);
    for await (const { Accounts = [] } of paginateListAccounts({ client }, {}))
      for (const { Id: id = "", Name: name = "", State } of Accounts)
        if (State === "ACTIVE") accounts.push({ id, name });
  } catch (error) {
    if (isAccessDenied(error) || isOutsideOfAny(error)) return undefined;
    throw error;
  }
  return accounts.sort((one, other) => one.name.localeCompare(other.name));
}

/** A list of accounts to choose from, one per line. */
export function accountList(accounts: readonly OrganizationAccount[]): string {
  const lines = accounts.map(({ id, name }) => `  ${id}  ${name}`);
  return ["Accounts of your Organization:", ...lines].join("\n");
}

function isOutsideOfAny(error: unknown): boolean {
  return error instanceof Error && error.name === "AWSOrganizationsNotInUseException";
}
