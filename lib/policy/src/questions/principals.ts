import { isObject, listOf } from "../json";
import type { PolicyKind } from "../kinds";
import { SESSION_NAME, type Organization, type Principal, type RoleSession } from "../principal";
import {
  comparisonsOf,
  fillsOf,
  spellings,
  type Comparison,
  type Fills,
  type RawStatement,
} from "./elements";
import { arnsOf, OTHER, OTHER_ACCOUNT, textsOf } from "./glob-examples";
import { valuesOfKey } from "./key-values";

const SESSION = "zz-session";
const OTHER_ROLE = `role/${OTHER}`;

/** A principal, and what to call it. */
export interface KnownPrincipal {
  readonly principal: Principal;
  readonly words: string;
}

function session(roleArn: string, words: string, more: Partial<RoleSession> = {}): KnownPrincipal {
  return { principal: { type: "role_session", roleArn, sessionName: SESSION, ...more }, words };
}

/** The account of which a principal stands for anyone; undefined for any other principal. */
export function anyOfAccount(principal: Principal): string | undefined {
  if (principal.type !== "role_session" && principal.type !== "user") return undefined;
  const isKnown = principal.type === "user" ? principal.userId : principal.roleId;
  const arn = principal.type === "user" ? principal.arn : principal.roleArn;
  return isKnown === undefined && arn.endsWith(`/${OTHER}`) ? arn.split(":")[4] : undefined;
}

/** One principal of each kind that an account has. */
function anyOf(account: string, words: string): readonly KnownPrincipal[] {
  return [
    session(`arn:aws:iam::${account}:${OTHER_ROLE}`, words),
    { principal: { type: "user", arn: `arn:aws:iam::${account}:user/${OTHER}` }, words: `${words} (a user)` },
    { principal: { type: "root", accountId: account }, words: `${words} (the root user)` },
  ];
}

function anyPrincipalOf(account: string): readonly KnownPrincipal[] {
  return anyOf(account, `any principal of account ${account}`);
}

/** A principal with this ARN, in the form of Principal elements and of aws:PrincipalArn. */
function withArn(arn: string, words = arn): readonly KnownPrincipal[] {
  const [, , service = "", , account = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (!/^\d{12}$/.test(account)) return [];
  if (service === "sts" && resource.startsWith("assumed-role/")) {
    const [, role = "", sessionName = SESSION] = resource.split("/");
    return [session(`arn:aws:iam::${account}:role/${role}`, words, { sessionName })];
  }
  if (resource === "root") return anyPrincipalOf(account);
  if (resource.endsWith("/")) return [];
  if (resource.startsWith("user/")) return [{ principal: { type: "user", arn }, words }];
  return resource.startsWith("role/") ? [session(arn, words)] : [];
}

/** The role or user with this id, or what `aws:userid` says of one: a role's id with its session's name. */
function withId(id: string, accounts: readonly string[]): readonly KnownPrincipal[] {
  const [principalId = "", sessionName = SESSION] = id.split(":");
  // The id does not say whose it is.
  return accounts.flatMap((owner): readonly KnownPrincipal[] => {
    const arn = `arn:aws:iam::${owner}:user/${OTHER}`;
    const user: KnownPrincipal = {
      principal: { type: "user", arn, userId: principalId },
      words: `the user ${id}`,
    };
    const role = session(`arn:aws:iam::${owner}:${OTHER_ROLE}`, `the role ${id}`, {
      roleId: principalId,
      sessionName,
    });
    return principalId.startsWith("AIDA") ? [user] : principalId.startsWith("AROA") ? [role] : [role, user];
  });
}

function ofElement(type: string, name: string, accounts: readonly string[]): readonly KnownPrincipal[] {
  if (type === "Service") return [{ principal: { type: "service", name }, words: name }];
  if (type === "Federated") return [{ principal: { type: "federated", provider: name }, words: name }];
  if (/^\d{12}$/.test(name)) return anyPrincipalOf(name);
  return /^A(RO|ID)A/.test(name) ? withId(name, accounts) : withArn(name);
}

function namedIn({ raw }: RawStatement, accounts: readonly string[]): readonly KnownPrincipal[] {
  const principal = raw["Principal"];
  if (!isObject(principal)) return [];
  return Object.entries(principal).flatMap(([type, names]) =>
    listOf(names).flatMap((name) => ofElement(type, String(name), accounts)),
  );
}

function usersNamed(names: readonly string[], accounts: readonly string[]): readonly KnownPrincipal[] {
  return names.flatMap((name) =>
    accounts.map((owner) => ({
      principal: { type: "user", arn: `arn:aws:iam::${owner}:user/${name}` },
      words: `user ${name}`,
    })),
  );
}

function fromConditions(
  comparisons: readonly Comparison[],
  accounts: readonly string[],
): readonly KnownPrincipal[] {
  const valuesOf = (key: string): readonly string[] =>
    comparisons.filter((one) => one.key.toLowerCase() === key).flatMap(({ values }) => values);
  const compared = valuesOf("aws:principalaccount").filter((value) => /^\d{12}$/.test(value));
  const arns = [...arnsOf(valuesOf("aws:principalarn"))].flatMap(([arn, pattern]) => withArn(arn, pattern));
  const names = usersNamed(
    textsOf(valuesOf("aws:username")).filter((name) => USER_NAME.test(name)),
    accounts,
  );
  const userIds = textsOf(valuesOf("aws:userid"));
  const ids = userIds.filter((id) => id !== "").flatMap((id) => withId(id, accounts));
  const roots = userIds.filter((id) => /^\d{12}$/.test(id)).flatMap(anyPrincipalOf);
  const services = textsOf(valuesOf("aws:principalservicename")).map((name): KnownPrincipal => {
    return { principal: { type: "service", name }, words: name };
  });
  return [...arns, ...compared.flatMap(anyPrincipalOf), ...names, ...ids, ...roots, ...services];
}

const USER_NAME = /^[\w+=,.@-]{1,64}$/;

/** Users whose name equals what a tag is compared with, where a policy compares users' names at all. */
function usersLikeTags(
  comparisons: readonly Comparison[],
  fills: Fills,
  accounts: readonly string[],
): readonly KnownPrincipal[] {
  const isUsed =
    fills.has("aws:username") || comparisons.some(({ key }) => key.toLowerCase() === "aws:username");
  if (!isUsed) return [];
  const tags = comparisons.filter(({ key }) => /^aws:(principal|request|resource)tag\//i.test(key));
  const names = textsOf(tags.flatMap(({ values }) => values.flatMap((value) => spellings(value, fills))));
  return usersNamed(
    [...names, ...(fills.get("aws:username") ?? [])].filter((name) => USER_NAME.test(name)),
    accounts,
  );
}

function strangers(kind: PolicyKind, account: string): readonly KnownPrincipal[] {
  const own = anyOf(account, `any other principal of account ${account}`);
  if (kind === "identity" || kind === "boundary")
    return own.slice(0, 2).map(({ principal }) => ({ principal, words: "its holder" }));
  const others: KnownPrincipal[] = [
    ...anyOf(OTHER_ACCOUNT, "any principal of any other account"),
    ...own,
    { principal: { type: "service", name: "zz-other.amazonaws.com" }, words: "any other AWS service" },
  ];
  const anyone: KnownPrincipal = { principal: { type: "anonymous" }, words: "anyone, without credentials" };
  const federated: KnownPrincipal = {
    principal: { type: "federated", provider: "zz-other.example.com" },
    words: "any other identity provider",
  };
  return kind === "trust" ? [...others, federated] : [anyone, ...others];
}

type Variation = (
  known: KnownPrincipal,
) => readonly (KnownPrincipal & { readonly conditions?: Record<string, string> })[];

function organizations(comparisons: readonly Comparison[], fills: Fills): readonly Organization[] {
  const of = (key: string): Comparison[] => comparisons.filter((one) => one.key.toLowerCase() === key);
  const [ids, paths] = [of("aws:principalorgid"), of("aws:principalorgpaths")];
  if (ids.length + paths.length === 0) return [];
  const byPath = paths.length === 0 ? [] : valuesOfKey(paths, fills);
  return [
    ...(ids.length === 0 ? [] : valuesOfKey(ids, fills)).map((id) => ({ id })),
    ...byPath.map((path) => ({ id: path.split("/")[0] ?? path, path })),
  ];
}

function inOrganizations(comparisons: readonly Comparison[], fills: Fills): Variation {
  const found = organizations(comparisons, fills);
  return (known) => {
    const { principal } = known;
    const takes = principal.type === "role_session" || principal.type === "user" || principal.type === "root";
    if (!takes) return [known];
    const members = found.map((organization) => ({
      ...known,
      principal: { ...principal, organization },
      words: `${known.words} (organization ${organization.path ?? organization.id})`,
    }));
    return [known, ...members];
  };
}

function withTag(key: string, comparisons: readonly Comparison[], fills: Fills): Variation {
  const tag = key.slice(key.indexOf("/") + 1);
  const own = comparisons.filter((one) => one.key.toLowerCase() === key.toLowerCase());
  const values = valuesOfKey(own, fills);
  return (known) => {
    const { principal } = known;
    if (principal.type !== "role_session" && principal.type !== "user") return [known];
    const tagged = values.map((value) => ({
      ...known,
      principal: { ...principal, tags: { ...principal.tags, [tag]: value } },
      words: `${known.words} (tag ${tag} "${value}")`,
    }));
    return [known, ...tagged];
  };
}

function withSourceIdentity(comparisons: readonly Comparison[], fills: Fills): Variation {
  const values = valuesOfKey(comparisons, fills);
  return (known) => {
    const { principal } = known;
    if (principal.type !== "role_session") return [known];
    const named = values.map((sourceIdentity) => ({
      ...known,
      principal: { ...principal, sourceIdentity },
      words: `${known.words} (source identity "${sourceIdentity}")`,
    }));
    return [known, ...named];
  };
}

/** Ids of roles that the statements name, and names of sessions, where an id tells them apart. */
function withIds(statements: readonly RawStatement[]): Variation {
  const userIds = textsOf(
    statements
      .flatMap(comparisonsOf)
      .flatMap(({ key, values }) => (key.toLowerCase() === "aws:userid" ? values : [])),
  );
  const elements =
    JSON.stringify(statements.map(({ raw }) => raw["Principal"] ?? "")).match(/AROA[A-Z0-9]+/g) ?? [];
  const ids = [...new Set([...elements, ...userIds.flatMap((id) => id.split(":")[0] ?? [])])].filter(
    (id) => id !== "",
  );
  const names = new Set(
    userIds.map((id) => id.split(":")[1] ?? "").filter((name) => SESSION_NAME.test(name)),
  );
  return (known) => {
    const { principal } = known;
    if (principal.type !== "role_session") return [known];
    const roleIds = principal.roleId === undefined ? ids : [principal.roleId];
    const variants = roleIds.flatMap((roleId) =>
      [principal.sessionName, ...names].map((sessionName) => ({
        ...known,
        principal: { ...principal, roleId, sessionName },
        words: `${known.words} (id ${roleId}:${sessionName})`,
      })),
    );
    return [known, ...variants];
  };
}

function variationsOf(comparisons: readonly Comparison[], fills: Fills): readonly Variation[] {
  // A key that appears only as a variable is compared with nothing, but its value matters.
  const used = [...fills.keys()].map((key): Comparison => ({ operator: "Null", key, values: [] }));
  const all = [...comparisons, ...used];
  const keys = new Map(all.map(({ key }) => [key.toLowerCase(), key]));
  const tags = [...keys].filter(([key]) => key.startsWith("aws:principaltag/")).map(([, key]) => key);
  const identities = all.filter(({ key }) => key.toLowerCase() === "aws:sourceidentity");
  return [
    inOrganizations(all, fills),
    ...tags.map((tag) => withTag(tag, all, fills)),
    ...(identities.length === 0 ? [] : [withSourceIdentity(identities, fills)]),
  ];
}

/** The accounts in which a name or an id may be: the policies' own, those that they hold, and any other. */
function accountsIn(statements: readonly RawStatement[], account: string): readonly string[] {
  const held = JSON.stringify(statements.map(({ raw }) => raw)).match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  return [...new Set([account, OTHER_ACCOUNT, ...held])];
}

/** The principals that statements name: in their Principal elements, and in their conditions. */
export function namedPrincipals(
  statements: readonly RawStatement[],
  account: string,
): readonly KnownPrincipal[] {
  const accounts = accountsIn(statements, account);
  const conditional = fromConditions(statements.flatMap(comparisonsOf), accounts);
  return [...statements.flatMap((statement) => namedIn(statement, accounts)), ...conditional];
}

/**
 * The principals of the requests to ask: those that the statements name, those that their conditions name, and a
 * stranger of each kind.
 *
 * @param account that the policies are in
 */
export function principalsFor(
  kind: PolicyKind,
  statements: readonly RawStatement[],
  account: string,
): readonly KnownPrincipal[] {
  const fills = fillsOf(statements);
  const holders = kind === "identity" || kind === "boundary";
  const base = [
    ...strangers(kind, account),
    // The holder of an identity policy is one role or user; the policy's conditions may say which.
    ...namedPrincipals(statements, account).filter(
      ({ principal }) => !holders || (principal.type !== "service" && principal.type !== "root"),
    ),
    ...usersLikeTags(statements.flatMap(comparisonsOf), fills, accountsIn(statements, account)),
  ];
  return [withIds(statements), ...variationsOf(statements.flatMap(comparisonsOf), fills)].reduce<
    readonly KnownPrincipal[]
  >((found, vary) => found.flatMap(vary), base);
}
