import {
  OrganizationsClient,
  paginateListAWSServiceAccessForOrganization,
} from "@aws-sdk/client-organizations";

import type { AccountClientSettings } from "../../environment/account-client";
import { isAccessDenied } from "../aws-failure";
import type { Facts } from "../facts";
import { fail, notChecked, ok, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";

const CHECK = "RAM sharing";

const RAM = "ram.amazonaws.com";

/** Whether RAM shares within the Organization; only the management account and delegated administrators may read this. */
export type Sharing = "on" | "off" | "not for this account to know";

/** Checked only in an Organization: without one, the LOB stacks accept an invitation. */
export function sharingFinding(check: string, sharing: Sharing): Finding {
  switch (sharing) {
    case "on":
      return ok(check, "RAM shares within the Organization");
    case "off":
      return fail(
        check,
        "RAM does not share within the Organization: the LOBs would get invitations that nobody accepts",
        "in the management account: `aws ram enable-sharing-with-aws-organization`",
      );
    case "not for this account to know":
      return notChecked(
        check,
        "only the Organization's management account may ask",
        `there, \`aws organizations list-aws-service-access-for-organization\` must list ${RAM}; if it does not: \`aws ram enable-sharing-with-aws-organization\``,
      );
  }
}

async function readSharing(settings: AccountClientSettings): Promise<Sharing> {
  const client = new OrganizationsClient(settings);
  try {
    for await (const { EnabledServicePrincipals = [] } of paginateListAWSServiceAccessForOrganization(
      { client },
      {},
    ))
      if (EnabledServicePrincipals.some(({ ServicePrincipal }) => ServicePrincipal === RAM)) return "on";
    return "off";
  } catch (error) {
    if (isAccessDenied(error)) return "not for this account to know";
    throw error;
  }
}

export function ramSharingCheck(facts: Facts, read = readSharing): Check {
  return {
    name: CHECK,
    find: () =>
      perAccount(
        CHECK,
        facts,
        async ({ config, settings, check }) =>
          config.organizationId === null
            ? [ok(check, "not needed: without an organizationId, LOBs accept an invitation")]
            : [sharingFinding(check, await read(settings))],
        ({ sharedServices }) => [sharedServices],
      ),
  };
}
