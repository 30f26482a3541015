import { GROUP_PATTERN, type GroupsRefused } from "./identity";

/** Which groups of a token count. */
export interface GroupRules {
  /** Claim that holds the user's groups. Absent where no group gives access: then no claim is looked at for them. */
  readonly groupsClaim?: string;
  /** What the names of groups that count begin with. Absent: every group counts. */
  readonly groupPrefix?: string;
}

/** What is handed on of one token at most, so that one answer of the authorizer and one read of the tables can hold it. */
export const GROUPS_LIMIT = { groups: 50, characters: 2000 } as const;

/** Whether these can be the groups of one request: an authorizer's or an operator's. */
export function isGroups(value: unknown): value is readonly string[] {
  const isGroup = (name: unknown): boolean => typeof name === "string" && GROUP_PATTERN.test(name);
  return Array.isArray(value) && value.length <= GROUPS_LIMIT.groups && value.every(isGroup);
}

type Claims = Readonly<Record<string, unknown>>;

/**
 * The strings of a claim that holds groups: a list, or one string, which is what some providers make of a list with one
 * member. A claim that is not there is an empty list. Undefined for a claim of any other shape.
 */
export function groupStrings(claim: unknown): readonly string[] | undefined {
  const list = claim === undefined ? [] : [claim].flat();
  return list.every((name) => typeof name === "string") ? list : undefined;
}

/**
 * The groups of a token that can give access, each once, as the provider writes them: those with the prefix whose name
 * matches {@link GROUP_PATTERN}. Never a part of them: where they are more than {@link GROUPS_LIMIT}, or the provider
 * left some out, it is said that they are too many.
 */
export function groupsOf(
  claims: Claims,
  { groupsClaim, groupPrefix = "" }: GroupRules,
): readonly string[] | GroupsRefused {
  if (groupsClaim === undefined) return [];
  if (isLeftOut(claims, groupsClaim)) return "too_many_groups";
  const counting = (groupStrings(claims[groupsClaim]) ?? []).filter(
    (name) => name.startsWith(groupPrefix) && GROUP_PATTERN.test(name),
  );
  const groups = [...new Set(counting)];
  const { groups: most, characters } = GROUPS_LIMIT;
  return groups.length > most || JSON.stringify(groups).length > characters ? "too_many_groups" : groups;
}

/**
 * Entra's overage: with more than 200 groups the token says where the claim is to be had instead (OpenID Connect's
 * distributed claims), or that there are groups at all.
 *
 * Source: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference#groups-overage-claim
 */
function isLeftOut(claims: Claims, groupsClaim: string): boolean {
  const elsewhere = claims["_claim_names"];
  const isElsewhere =
    typeof elsewhere === "object" && elsewhere !== null && Object.hasOwn(elsewhere, groupsClaim);
  return isElsewhere || (groupsClaim === "groups" && (claims["hasgroups"] ?? false) !== false);
}
