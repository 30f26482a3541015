import type { RoleSession } from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import type { Circumstances } from "./asking";
import { FOREIGN_ACCOUNT } from "./policies";
import { anyBut, ANY_OR_NONE, AT_WILL, meant } from "./known-keys";

type OrganizationConfig = Pick<Config, "organizationId">;

/** Accounts of the config. */
export function ownAccounts({ sharedServices, linesOfBusiness }: Config): readonly string[] {
  return [...new Set([sharedServices.id, ...linesOfBusiness.map(({ account }) => account.id)])];
}

/** A session of a role of ours, in a user's name or in none. Our accounts belong to the Organization, if there is one. */
export function sessionOf(
  arn: string,
  user: string | undefined,
  { organizationId }: OrganizationConfig,
): RoleSession {
  const named = user === undefined ? {} : { tags: { [USER_SESSION_TAG]: user }, sourceIdentity: user };
  const foreign = arn.split(":")[4] === FOREIGN_ACCOUNT;
  const organization = organizationId === null || foreign ? {} : { organization: { id: organizationId } };
  return { type: "role_session", roleArn: arn, sessionName: user ?? "session", ...named, ...organization };
}

/** Whether a session is tagged with its user: the question says so, also where it is not. */
export function untagged(user: string | undefined): Circumstances["stated"] {
  return user === undefined ? { [`aws:PrincipalTag/${USER_SESSION_TAG}`]: undefined } : {};
}

/** What is known of a caller of ours. Where the config names no Organization, our accounts may belong to one. */
export function ownCaller({ organizationId }: OrganizationConfig): Circumstances {
  const unnamed = organizationId === null ? { "aws:principalorgid": AT_WILL } : {};
  return { stated: {}, facts: { ...unnamed, "aws:principalorgpaths": ANY_OR_NONE } };
}

/** A caller of a foreign account may belong to any Organization but ours. */
export function foreignCaller({ organizationId }: OrganizationConfig): Circumstances {
  return { stated: {}, facts: foreignOrganization("principal", organizationId) };
}

/** What AWS sends in a request for a resource of our accounts. */
export function ownResource({ organizationId }: OrganizationConfig): Circumstances {
  if (organizationId === null)
    return { stated: {}, facts: { "aws:resourceorgid": AT_WILL, "aws:resourceorgpaths": AT_WILL } };
  return { stated: { "aws:ResourceOrgID": organizationId }, facts: { "aws:resourceorgpaths": ANY_OR_NONE } };
}

export function foreignResource({ organizationId }: OrganizationConfig): Circumstances {
  return { stated: {}, facts: foreignOrganization("resource", organizationId) };
}

function foreignOrganization(of: "principal" | "resource", ours: string | null): Circumstances["facts"] {
  const foreign = ours === null ? anyBut() : anyBut(ours);
  const paths = {
    possible: (distinguished: readonly string[]) => [
      undefined,
      ...distinguished.filter((path) => ours === null || !path.startsWith(`${ours}/`)),
    ],
  };
  return {
    [`aws:${of}orgid`]: foreign,
    [`aws:${of}orgpaths`]: { ...paths, usual: paths.possible },
  };
}

/** The region of the deployment, which is that of its resources too. */
export function inRegion({ region }: Pick<Config, "region">): Circumstances {
  return { stated: { "aws:RequestedRegion": region }, facts: {} };
}

/** In any region; what is meant is done in that of the deployment. */
export function inSomeRegion({ region }: Pick<Config, "region">): Circumstances {
  return { stated: {}, facts: { "aws:requestedregion": meant(region) } };
}
