import type { RequestContext, RoleSession } from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import { FOREIGN_ACCOUNT } from "./policies";

type OrganizationConfig = Pick<Config, "organizationId">;

/** A session of a role, made out to a user or to none; of our Organization where there is one. */
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

/** What AWS adds to a request for a resource of ours. */
export function ownResourceContext(config: OrganizationConfig & Pick<Config, "region">): RequestContext {
  const { organizationId } = config;
  return {
    ...regionContext(config),
    ...(organizationId === null ? {} : { "aws:ResourceOrgID": organizationId }),
  };
}

/** What AWS adds to every request that is made in our region. */
export function regionContext({ region }: Pick<Config, "region">): RequestContext {
  return { "aws:RequestedRegion": region };
}
