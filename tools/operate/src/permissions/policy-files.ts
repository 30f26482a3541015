import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { DeployerPolicies } from "@studio-access/permissions";

/** The accounts that are asked for; all of them when none is named. @throws {Error} with the accounts that there are */
export function chosenAccounts(
  all: readonly DeployerPolicies[],
  wanted: readonly string[],
): readonly DeployerPolicies[] {
  const unknown = wanted.filter((name) => !all.some(({ account }) => account === name));
  if (unknown.length > 0)
    throw new Error(
      `The config has no account ${unknown.join(", ")}; it has ${all.map(({ account }) => account).join(", ")}.`,
    );
  return wanted.length === 0 ? all : all.filter(({ account }) => wanted.includes(account));
}

/** Writes a file per policy, for `aws iam create-policy`. @returns the files, by account */
export async function writePolicies(
  folder: string,
  accounts: readonly DeployerPolicies[],
): Promise<readonly (readonly [account: string, accountId: string, file: string])[]> {
  await mkdir(folder, { recursive: true });
  const files = accounts.flatMap(({ account, accountId, policies }) =>
    Object.entries(policies).map(
      ([name, policy]) => [account, accountId, join(folder, `${account}-${name}.json`), policy] as const,
    ),
  );
  await Promise.all(
    files.map(async ([, , file, policy]) => writeFile(file, `${JSON.stringify(policy, null, 2)}\n`)),
  );
  return files.map(([account, accountId, file]) => [account, accountId, file]);
}
