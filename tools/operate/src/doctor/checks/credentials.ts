import type { NamedAccount } from "@studio-access/config";
import pMap from "p-map";

import type { CallerIdentity, Facts } from "../facts";
import { fail, notChecked, ok, type Check, type Finding, type Known } from "../finding";
import { ACCOUNTS_AT_ONCE } from "../per-account";

const CHECK = "credentials";

/** Whether the credentials that Terraform's provider uses for an account belong to that account. */
function credentialsFinding({ name, path, entry }: NamedAccount, caller: Known<CallerIdentity>): Finding {
  const check = `${CHECK} (${name})`;
  const { id, credentials } = entry;
  const source =
    "profile" in credentials ? `profile ${credentials.profile}` : `role ${credentials.assumeRole}`;
  if (!caller.known) {
    const remedy =
      "profile" in credentials
        ? `see that \`aws sts get-caller-identity --profile ${credentials.profile}\` works: sign in, or add the profile`
        : `sign in as somebody whom ${credentials.assumeRole} trusts, and who may sts:AssumeRole it`;
    return fail(check, `${source}: ${caller.why}`, remedy);
  }
  const { accountId, arn } = caller.value;
  if (accountId === id) return ok(check, `${id}, as ${arn}`);
  return fail(
    check,
    `${source} leads to account ${accountId}, the config says ${id}`,
    `correct ${path}.id, or ${"profile" in credentials ? `what profile ${credentials.profile} leads to` : `${path}.credentials.assumeRole`}`,
  );
}

export function credentialsCheck(facts: Facts): Check {
  return {
    name: CHECK,
    find: async () => {
      const config = await facts.config();
      if (!config.known) return [notChecked(CHECK, config.why)];
      return pMap(
        config.value.accounts,
        async (account) => credentialsFinding(account, await facts.caller(account)),
        { concurrency: ACCOUNTS_AT_ONCE },
      );
    },
  };
}
