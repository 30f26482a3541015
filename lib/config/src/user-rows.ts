import { profileOf } from "./identity";
import type { LineOfBusiness } from "./line-of-business";
import type { Config } from "./schema";

/** A person who has a row in the users table. */
export interface UserRow {
  /** Name of the profile; partition key. */
  readonly user: string;
  readonly isBlocked: boolean;
}

/**
 * The rows that a line of business writes: of its listed users, and of those whom it blocks and whom no list and no
 * earlier block has. A person has one row, and a block in any line of business refuses them in all.
 */
export function userRowsOf(
  { linesOfBusiness }: Pick<Config, "linesOfBusiness">,
  lob: LineOfBusiness,
): readonly UserRow[] {
  const blocked = new Set(linesOfBusiness.flatMap(({ blockedUsers = [] }) => blockedUsers));
  const isFirst = (name: string): boolean =>
    linesOfBusiness.find(({ blockedUsers }) => blockedUsers?.includes(name))?.name === lob.name;
  const isListed = (name: string): boolean => linesOfBusiness.some(({ users }) => users.includes(name));
  const others = (lob.blockedUsers ?? []).filter((name) => isFirst(name) && !isListed(name));
  return [...lob.users, ...others].map((name) => ({ user: profileOf(name), isBlocked: blocked.has(name) }));
}

/** Names of the profiles that a line of business blocks. */
export function blockedProfilesOf({ blockedUsers = [] }: LineOfBusiness): readonly string[] {
  return blockedUsers.map(profileOf);
}
