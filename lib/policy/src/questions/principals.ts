import { isObject, listOf } from "../json";
import type { PolicyKind } from "../kinds";
import type { Principal, RoleSession } from "../principal";
import {
  accountsIn,
  comparisonsOf,
  fillsOf,
  spellings,
  type Comparison,
  type Fills,
  type RawStatement,
} from "./elements";
import { arnsOf, OTHER, OTHER_ACCOUNT, textsOf } from "./glob-examples";
import { variationsOf, withIds, type KnownPrincipal } from "./variations";

const SESSION = "zz-session";
const OTHER_ROLE = `role/${OTHER}`;

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

function serviceNamed(name: string): KnownPrincipal {
  return { principal: { type: "service", name }, words: name };
}

function ofElement(type: string, name: string, accounts: readonly string[]): readonly KnownPrincipal[] {
  if (type === "Service") return [serviceNamed(name)];
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
  const userIds = textsOf(valuesOf("aws:userid")).filter((id) => id !== "");
  const ids = userIds.flatMap((id) => withId(id, accounts));
  const roots = userIds.filter((id) => /^\d{12}$/.test(id)).flatMap(anyPrincipalOf);
  const services = textsOf(valuesOf("aws:principalservicename")).map(serviceNamed);
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
