import type { RawStatement } from "@studio-access/policy/questions";
import { isRecord } from "@studio-access/terraform";

import type { RoleModel } from "../model/roles";
import { couldAssume } from "./assume-rights";
import type { AssumeRow } from "./assume-rows";
import { groupBy, type RowClasses } from "./matrix";
import { statementsIn } from "./statements";

type RoleRow = AssumeRow & { readonly kind: "role" };

/**
 * A role of another account assumes a role only where the trust policy names its account and its own policies allow it. All
 * roles for which that is not so are one class.
 */
export function assumeClasses(
  rows: ReadonlyMap<string, AssumeRow>,
  targets: ReadonlyMap<string, RoleModel>,
): RowClasses {
  const roles = [...rows].filter((entry): entry is [string, RoleRow] => entry[1].kind === "role");
  const others = [...rows].filter(([, { kind }]) => kind !== "role");
  const able = roles.filter(([, { role }]) => role.opaque.length > 0 || couldAssume(role));
  const byAccount = groupBy(roles, ([, { role }]) => role.account);
  const ableByAccount = groupBy(able, ([, { role }]) => role.account);
  return {
    groups: [roles.map(([id]) => id), ...others.map(([id]) => [id])],
    apart: (column) => {
      const target = targets.get(column);
      // The column of foreign roles asks what each role's own policies allow.
      if (target === undefined) return roles.map(([id]) => [id]);
      const trusted = accountsNamed(statementsIn(target.trust.json));
      const far =
        trusted === "any" ? able : [...trusted].flatMap((account) => ableByAccount.get(account) ?? []);
      const near = byAccount.get(target.account) ?? [];
      return [...new Set([...near, ...far].map(([id]) => id))].map((id) => [id]);
    },
  };
}

const NAMED = new WeakMap<readonly RawStatement[], ReadonlySet<string> | "any">();

/** Whether the statements of a trust policy name an account, or somebody of it, whatever their conditions say. */
export function trustsAccount(
  { statements }: { readonly statements: readonly RawStatement[] },
  account: string,
): boolean {
  const named = NAMED.get(statements) ?? accountsNamed(statements);
  NAMED.set(statements, named);
  return named === "any" || named.has(account);
}

/**
 * Whether some statement of a trust policy may name a service or an identity provider, whatever its conditions say. Everyone
 * includes them.
 */
export function mayTrust(
  { statements }: { readonly statements: readonly RawStatement[] },
  kind: "Service" | "Federated",
  name: string,
): boolean {
  return statements.some(({ raw }) => {
    const principal = raw["Principal"];
    if (!isRecord(principal)) return true;
    const texts: readonly unknown[] = [principal["AWS"] ?? [], principal[kind] ?? []].flat();
    return texts.some((text) => text === name || String(text).includes("*"));
  });
}

function accountsNamed(statements: readonly RawStatement[]): ReadonlySet<string> | "any" {
  const named = new Set<string>();
  for (const { raw } of statements) {
    const principal = raw["Principal"];
    const texts: readonly unknown[] = isRecord(principal) ? [principal["AWS"] ?? []].flat() : [principal];
    for (const text of texts) {
      const account = /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(String(text))?.[1];
      // Everyone, or an id that does not say whose it is.
      if (account === undefined) return "any";
      named.add(account);
    }
  }
  return named;
}
