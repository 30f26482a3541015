import type { RequestContext, RoleSession } from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import { FOREIGN_ACCOUNT } from "./policies";

type OrganizationConfig = Pick<Config, "organizationId">;

/** A session of a role, in a user's name or in none. Sessions of our accounts belong to the Organization, if there is one. */
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

/** Condition keys that AWS sets in a request for a resource of our accounts. */
export function ownResourceContext(config: OrganizationConfig & Pick<Config, "region">): RequestContext {
  const { organizationId } = config;
  return {
    ...regionContext(config),
    ...(organizationId === null ? {} : { "aws:ResourceOrgID": organizationId }),
  };
}

/** Condition key that AWS sets in every request: the region it is made in. */
export function regionContext({ region }: Pick<Config, "region">): RequestContext {
  return { "aws:RequestedRegion": region };
}
