import type { Config } from "@studio-access/config";

import { expectedProfile } from "./profile-names";

type Lob = Config["linesOfBusiness"][number];

/** Profiles whose URLs a line of business refuses. */
export function blockedProfiles({ blockedUsers = [] }: Lob): readonly string[] {
  return blockedUsers.map(expectedProfile);
}

/** The users' rows that a line of business writes, from the description in config/README.md alone: whether each is marked. */
export function expectedUserRows({ linesOfBusiness }: Config, lob: Lob): ReadonlyMap<string, boolean> {
  const isBlocked = (name: string): boolean =>
    linesOfBusiness.some(({ blockedUsers = [] }) => blockedUsers.includes(name));
  const rows = new Map(lob.users.map((name) => [expectedProfile(name), isBlocked(name)]));
  const earlier = linesOfBusiness.slice(0, linesOfBusiness.indexOf(lob));
  for (const name of lob.blockedUsers ?? []) {
    const isListed = linesOfBusiness.some(({ users }) => users.includes(name));
    const isEarlier = earlier.some(({ blockedUsers = [] }) => blockedUsers.includes(name));
    if (!isListed && !isEarlier) rows.set(expectedProfile(name), true);
  }
  return rows;
}
