import type { Moto } from "../server/call";
import { textAt } from "../server/xml";
import { iamQuery } from "./iam-query";

/** The ARN of a role or user, with the type and the last part of its name. */
const ROLE_OR_USER = /^arn:aws[\w-]*:iam::([^:]*):(role|user)\/(?:.*\/)?([^/]+)$/;

/** Operations that read a role or user, and the element of their replies. */
const READS = { role: ["GetRole", "Role"], user: ["GetUser", "User"] } as const;

/**
 * The first role or user among the AWS principals of a policy that does not exist. AWS keeps the unique id of such a
 * principal, and so refuses a policy that names one which is not there. Accounts and sessions are not looked for.
 *
 * @param statements - of any policy; what is no statement with a Principal is passed over
 */
export async function missingPrincipal(
  moto: Pick<Moto, "query">,
  statements: readonly unknown[],
): Promise<string | undefined> {
  for (const arn of new Set(statements.flatMap(awsPrincipalsOf))) {
    if (!(await exists(moto, arn))) return arn;
  }
  return undefined;
}

function awsPrincipalsOf(statement: unknown): string[] {
  const principal = memberOf(statement, "Principal");
  const named = memberOf(principal, "AWS");
  const list: readonly unknown[] = Array.isArray(named) ? named : [named];
  return list.filter((text) => typeof text === "string");
}

async function exists(moto: Pick<Moto, "query">, arn: string): Promise<boolean> {
  const [, account = "", type, name = ""] = ROLE_OR_USER.exec(arn) ?? [];
  if (type !== "role" && type !== "user") return true;
  if (!/^\d{12}$/.test(account)) return false;
  const [action, entity] = READS[type];
  const parameter = `${entity}Name`;
  // A name that IAM would not take, such as one with a wildcard, is nobody's.
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) return false;
  const found = await iamQuery(moto, account)(action, { [parameter]: name });
  return found !== undefined && textAt(found, entity, "Arn") === arn;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
