import type { RequestContext, RoleSession } from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import { STRANGER } from "./policies";

type Belonging = Pick<Config, "organizationId">;

/** A session of a role, made out to a user or to none; of our Organization where there is one. */
export function sessionOf(arn: string, user: string | undefined, { organizationId }: Belonging): RoleSession {
  const named = user === undefined ? {} : { tags: { [USER_SESSION_TAG]: user }, sourceIdentity: user };
  const foreign = arn.split(":")[4] === STRANGER;
  const organization = organizationId === null || foreign ? {} : { organization: { id: organizationId } };
  return { type: "role_session", roleArn: arn, sessionName: user ?? "session", ...named, ...organization };
}

/** What AWS adds to a request for a resource of ours. */
export function ourResource(config: Belonging & Pick<Config, "region">): RequestContext {
  const { organizationId } = config;
  return { ...madeIn(config), ...(organizationId === null ? {} : { "aws:ResourceOrgID": organizationId }) };
}

/** What AWS adds to every request that is made in our region. */
export function madeIn({ region }: Pick<Config, "region">): RequestContext {
  return { "aws:RequestedRegion": region };
}
