import { lobsOf, placed, type Draft, type Placed } from "../draft";
import { GROUP } from "../fields";
import { renderPath } from "../path";
import { problem } from "../problem";
import { repeatsOf } from "./repeats";
import type { Rule } from "./rule";

/** First path segments of the API beside /{user_id}: API Gateway prefers them, so such a user would get no Studio. */
const RESERVED_USER_NAMES = ["assets", "health", "login", "logout", "portal"];

function usersOf(draft: Draft): Placed<string>[] {
  return lobsOf(draft).flatMap(({ lob, path }) => placed(lob.users, [...path, "users"]));
}

/** Cognito takes user names for the same that differ in case only, and the users table has one row for each. */
const oneLobPerUser: Rule = (draft) =>
  repeatsOf(usersOf(draft), (name) => name.toLowerCase()).map(({ first, again }) => {
    const where = renderPath(first.path);
    const same =
      first.value === again.value ? `${where} is the same` : `${where} (${first.value}) differs in case only`;
    return problem(
      again.path,
      again.value,
      "a user is in one LOB, and there once",
      `remove or rename one; ${same}`,
    );
  });

const userNamesFree: Rule = (draft) =>
  usersOf(draft).flatMap(({ value, path }) =>
    RESERVED_USER_NAMES.includes(value.toLowerCase())
      ? [problem(path, value, "reserved: the API keeps this path for itself", "give the user another name")]
      : [],
  );

/** One spelling per person, or the block of one is not that of the other. */
const blockedAsListed: Rule = (draft) => {
  const listed = usersOf(draft);
  return lobsOf(draft).flatMap(({ lob, path }) => {
    const blocked = placed(lob.blockedUsers, [...path, "blockedUsers"]);
    const twice = repeatsOf(blocked, (name) => name.toLowerCase()).map(({ first, again }) =>
      problem(
        again.path,
        again.value,
        "a user is blocked once",
        `remove it; ${renderPath(first.path)} is the same`,
      ),
    );
    const misspelt = blocked.flatMap(({ value, path: at }) => {
      const like = listed.find((user) => user.value.toLowerCase() === value.toLowerCase());
      return like === undefined || like.value === value
        ? []
        : [problem(at, value, "differs in case only from a listed user", `write ${like.value}`)];
    });
    return [...twice, ...misspelt];
  });
};

function groupsOf(draft: Draft): Placed<string>[] {
  return lobsOf(draft).flatMap(({ lob, path }) => placed(lob.groups, [...path, "groups"]));
}

/** The groups table has one row for a group. */
const oneLobPerGroup: Rule = (draft) =>
  repeatsOf(groupsOf(draft), (group) => group).map(({ first, again }) =>
    problem(
      again.path,
      again.value,
      "a group is in one LOB, and there once",
      `remove one of the two; ${renderPath(first.path)} is the same`,
    ),
  );

/** The authorizer would never hand such a group on. */
const groupsHavePrefix: Rule = (draft) => {
  const prefix = draft.identity?.groupPrefix;
  if (prefix === undefined) return [];
  return groupsOf(draft).flatMap(({ value, path }) =>
    value.startsWith(prefix)
      ? []
      : [
          problem(
            path,
            value,
            `does not begin with identity.groupPrefix (${prefix}), so it would give nobody access`,
            `name the group ${prefix}…, or change identity.groupPrefix`,
          ),
        ],
  );
};

/** Source: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html */
const groupsOfCognito: Rule = (draft) =>
  draft.identity?.provider !== "cognito"
    ? []
    : groupsOf(draft).flatMap(({ value, path }) =>
        GROUP.safeParse(value).success && value.includes(" ")
          ? [problem(path, value, "Cognito takes no blanks in a group's name", "write a name without blanks")]
          : [],
      );

/** A listed user's profile is Terraform's, and without a group nobody leads to the profile that stays. */
const formerUsersAreByGroup: Rule = (draft) => {
  const listed = new Map(usersOf(draft).map(({ value, path }) => [value.toLowerCase(), renderPath(path)]));
  return lobsOf(draft).flatMap(({ lob, path }) =>
    placed(lob.formerUsers, [...path, "formerUsers"]).flatMap((former) => {
      const where = listed.get(former.value.toLowerCase());
      if (where !== undefined)
        return [
          problem(
            former.path,
            former.value,
            `is listed still: ${where}`,
            "remove the user from one of the two",
          ),
        ];
      return (lob.groups ?? []).length > 0
        ? []
        : [
            problem(
              former.path,
              former.value,
              "belongs to no line of business any more: this one has no groups",
              "list the group that the user is in as groups, or leave the entry out, and the profile is deleted",
            ),
          ];
    }),
  );
};

export const userRules: readonly Rule[] = [
  oneLobPerUser,
  userNamesFree,
  blockedAsListed,
  oneLobPerGroup,
  groupsHavePrefix,
  groupsOfCognito,
  formerUsersAreByGroup,
];
