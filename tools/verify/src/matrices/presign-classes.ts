import { comparisonsOf, variablesIn, type RawStatement } from "@studio-access/policy/questions";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";

import { presignRoleArn } from "../expect/roles";
import type { ProfileModel } from "../model/model";
import type { PolicyText, RoleModel } from "../model/roles";
import { groupBy, type RowClasses } from "./matrix";
import { accessRoleArn, presignId, type PresignRow } from "./presign-rows";
import type { RequestOrigin } from "./request-origins";
import { statementsIn } from "./statements";
import { UserIndex } from "./user-index";

/** Condition keys whose value is the name of the user in whose name a request is made. */
const USER_KEYS: ReadonlySet<string> = new Set([
  `aws:principaltag/${USER_SESSION_TAG}`,
  `aws:requesttag/${USER_SESSION_TAG}`,
  "aws:sourceidentity",
  "aws:userid",
  "sagemaker:userprofilename",
  "sts:rolesessionname",
  "sts:sourceidentity",
]);

/** The texts of policies with which a user's name can be compared. */
interface Tests {
  /** A name equal to one of these is told apart. */
  readonly names: readonly string[];
  /** So is one that these match. */
  readonly patterns: readonly string[];
  /** A variable holds the name: what the request's values hold is told apart. */
  readonly inConditions: readonly string[];
}

interface PresignInput {
  readonly origins: readonly RequestOrigin[];
  readonly roles: ReadonlyMap<string, RoleModel>;
  readonly config: Config;
  readonly sts: RequestOrigin | undefined;
}

type SessionRow = PresignRow & { readonly kind: "session" };

/**
 * Users whom no policy in play tells apart, by profile. A policy can tell a user from all others in three ways only: by a
 * name or pattern with which it compares it, by a variable that it fills with the name and compares with what the request
 * holds, such as the profile's ARN (then that holds the name), or by a session's ARN as the principal. A role of another
 * account is never allowed, since a profile has no policy of its own.
 */
export function presignClasses(
  input: PresignInput,
  rows: ReadonlyMap<string, PresignRow>,
  profiles: ReadonlyMap<string, ProfileModel>,
): RowClasses {
  const people = [...rows.values()].flatMap((row) => (row.kind === "presign" ? [row.user] : []));
  const sessions = [...rows].filter((entry): entry is [string, SessionRow] => entry[1].kind === "session");
  const byAccount = groupBy(sessions, ([, { role }]) => role.account);
  const byRole = new Map(
    [...byAccount].map(([account, rowsOf]) => [
      account,
      [...groupBy(rowsOf, ([, { role }]) => role)].map(([role, own]) => ({
        role,
        own,
        users: own.flatMap(([, { user }]) => user ?? []),
      })),
    ]),
  );
  const find = userFinder(input);
  return {
    groups: [people.map(presignId), sessions.map(([id]) => id)],
    apart: (column) => {
      const profile = profiles.get(column);
      if (profile === undefined) return [];
      const access = input.roles.get(accessRoleArn(profile, input.config));
      const roles = byRole.get(profile.account) ?? [];
      return [
        ...[...find(people, access, profile)].map((user) => [presignId(user)]),
        ...roles.flatMap(({ role, own, users }) => {
          const special = find(users, role, profile);
          const alike = own.filter(([, { user }]) => user !== undefined && !special.has(user));
          const others = own.filter(([, { user }]) => user === undefined || special.has(user));
          return [...others.map(([id]) => [id]), alike.map(([id]) => id)];
        }),
      ].filter(({ length }) => length > 0);
    },
  };
}

type UserFinder = (
  users: readonly string[],
  role: RoleModel | undefined,
  profile: ProfileModel,
) => ReadonlySet<string>;

/** Finds the users whom the policies of a role, those of the presign role and of the endpoints tell apart from others. */
function userFinder({ roles, origins, sts, config }: PresignInput): UserFinder {
  const presign = roles.get(presignRoleArn(config));
  const endpoints = [...origins, ...(sts === undefined ? [] : [sts])];
  const shared = testsOf([
    ...(presign === undefined ? [] : textsOf(presign)),
    ...endpoints.flatMap(({ policy }) => policy ?? []),
  ]);
  const sent = endpoints.flatMap(({ circumstances: { stated } }) =>
    Object.values(stated).filter((value) => value !== undefined),
  );
  const tests = new Map<RoleModel, Tests>();
  const indexes = new WeakMap<readonly string[], UserIndex>();
  return (users, role, profile) => {
    const index = indexes.get(users) ?? new UserIndex(users);
    indexes.set(users, index);
    const own = role && (tests.get(role) ?? testsOf(textsOf(role)));
    if (role !== undefined && own !== undefined) tests.set(role, own);
    const all = [shared, ...(own === undefined ? [] : [own])];
    const inConditions = all.flatMap((one) => one.inConditions);
    const holding = [
      profile.arn,
      role?.arn ?? "",
      ...(inConditions.length === 0 ? [] : [...inConditions, ...sent, presign?.arn ?? "", config.region]),
    ];
    return new Set([
      ...index.strange,
      ...all.flatMap(({ names }) => names).flatMap((name) => index.equal(name)),
      ...all.flatMap(({ patterns }) => patterns).flatMap((pattern) => index.matching(pattern)),
      ...holding.flatMap((text) => index.within(text)),
    ]);
  };
}

function textsOf({ identity, boundary, trust }: RoleModel): readonly PolicyText[] {
  return [...identity, ...(boundary === undefined ? [] : [boundary]), trust];
}

function testsOf(policies: readonly PolicyText[]): Tests {
  const statements = policies.flatMap(({ json }) => statementsIn(json));
  const comparisons = statements.flatMap(comparisonsOf);
  const ofUsers = comparisons.filter(({ key }) => USER_KEYS.has(key.toLowerCase()));
  const usesVariable = comparisons.some(({ values }) => values.some(holdsUser));
  return {
    names: [...ofUsers.flatMap(namesIn), ...statements.flatMap(sessionNames)],
    patterns: ofUsers.flatMap(patternsIn),
    inConditions: usesVariable ? comparisons.flatMap(({ values }) => values) : [],
  };
}

function holdsUser(text: string): boolean {
  return variablesIn(text).some((key) => USER_KEYS.has(key));
}

/** A name compared with itself, as a variable, gives the same for every name. */
function isOfUserAlone(text: string): boolean {
  return text.includes("${") && variablesIn(text).every((key) => USER_KEYS.has(key));
}

type Compared = ReturnType<typeof comparisonsOf>[number];

function namesIn({ operator, values }: Compared): readonly string[] {
  return /^String(Not)?Equals(IgnoreCase)?$/.test(operator)
    ? values.filter((text) => !text.includes("${"))
    : [];
}

/** Any operator but equality of texts may tell names apart in ways that are not gone through here: it matches them all. */
function patternsIn({ operator, key, values }: Compared): readonly string[] {
  if (operator === "Null") return [];
  if (!operator.startsWith("String") || key.toLowerCase() === "aws:userid") return ["*"];
  const others = values.filter((text) => !isOfUserAlone(text));
  if (others.some((text) => text.includes("${"))) return ["*"];
  return operator.endsWith("Like") ? others : [];
}

/** The names of sessions in Principal elements. */
function sessionNames({ raw }: RawStatement): readonly string[] {
  const found = JSON.stringify(raw["Principal"] ?? "").matchAll(/:assumed-role\/[^"/]+\/([^"]+)"/g);
  return [...found].flatMap(([, name]) => name ?? []);
}
