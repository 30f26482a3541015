import { blockedProfilesOf, type LineOfBusiness } from "@studio-access/config";

import type { Statement } from "../constructs/policy-document";

/**
 * Denies an action on the profiles of those whom a line of business blocks. By resource: AWS asks the access role's policy
 * at every request of a session, and does not document whether the session's tag is there then. So a session that is open
 * ends at its next request.
 *
 * @param profiles - ARN of a profile without its name
 */
export function noneOfBlocked(lob: LineOfBusiness, action: string, profiles: string): readonly Statement[] {
  const blocked = blockedProfilesOf(lob);
  if (blocked.length === 0) return [];
  return [
    {
      Sid: "NothingForBlockedUsers",
      Effect: "Deny",
      Action: action,
      Resource: blocked.map((user) => `${profiles}/${user}`),
    },
  ];
}
