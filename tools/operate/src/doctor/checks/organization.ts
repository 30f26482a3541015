import { DescribeOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";

import type { AccountClientSettings } from "../../environment/account-client";
import { isAccessDenied } from "../aws-failure";
import type { Facts } from "../facts";
import { fail, notChecked, ok, warn, type Check, type Finding } from "../finding";
import { perAccount } from "../per-account";

/** The id of an account's Organization, null without one, or the reason why AWS denied the call. */
export type Membership = { readonly id: string | null } | { readonly denied: string };

/** @param configured the config's `organizationId` */
export function organizationFinding(
  check: string,
  configured: string | null,
  membership: Membership,
): Finding {
  if ("denied" in membership)
    return notChecked(
      check,
      membership.denied,
      "allow organizations:DescribeOrganization, or compare organizationId with `aws organizations describe-organization`",
    );
  const { id } = membership;
  if (id === configured)
    return ok(check, id === null ? "in no Organization, as the config says" : `in ${id}, as the config says`);
  if (id === null)
    return fail(
      check,
      `in no Organization; the config says ${configured ?? ""}`,
      "write null as organizationId, or move the account into the Organization",
    );
  if (configured === null)
    return warn(
      check,
      `in ${id}; the config says null`,
      `write ${id} as organizationId when all accounts are in it: a new LOB then changes no other stack. ` +
        "Needed where RAM shares within the Organization: it sends no invitations then",
    );
  return fail(
    check,
    `in ${id}; the config says ${configured}`,
    "correct organizationId, or take an account of the Organization",
  );
}

export async function readMembership(settings: AccountClientSettings): Promise<Membership> {
  try {
    const { Organization } = await new OrganizationsClient(settings).send(
      new DescribeOrganizationCommand({}),
    );
    return { id: Organization?.Id ?? null };
  } catch (error) {
    if (isError(error, "AWSOrganizationsNotInUseException")) return { id: null };
    if (isAccessDenied(error)) return { denied: (error as Error).message };
    throw error;
  }
}

export function organizationCheck(facts: Facts, read = readMembership): Check {
  const name = "organization";
  return {
    name,
    find: () =>
      perAccount(name, facts, async ({ config, settings, check }) => [
        organizationFinding(check, config.organizationId, await read(settings)),
      ]),
  };
}

function isError(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
