import type { RoleSession, User } from "@studio-access/policy";
import { anyOfAccount, namedPrincipals, type KnownPrincipal } from "@studio-access/policy/questions";

import type { Config } from "@studio-access/config";
import { expectedRoles } from "../expect/roles";
import { accountIn, type Model } from "../model/model";
import type { RoleModel } from "../model/roles";
import { byId } from "./matrix";
import { FOREIGN_ACCOUNT } from "./policies";
import { statementsIn } from "./statements";
import { tokenRows, type TokenRow } from "./token-rows";

/** A principal that might assume a role. */
export type AssumeRow =
  | { readonly id: string; readonly kind: "role"; readonly role: RoleModel; readonly sessionName?: string }
  | { readonly id: string; readonly kind: "service"; readonly service: string }
  | TokenRow
  /** An administrator of that account; undefined: of the account of the role that is assumed. */
  | { readonly id: string; readonly kind: "account"; readonly account: string | undefined }
  /** A principal that a trust policy names and the state does not hold. Its own policies may allow everything. */
  | { readonly id: string; readonly kind: "named"; readonly principal: RoleSession | User };

export const OWN_ADMINISTRATOR = "administrator of the role's own account";
export const SHARED_ADMINISTRATOR = "administrator of shared services";
export const FOREIGN_ADMINISTRATOR = "administrator of a foreign account";

export function serviceRow(service: string): string {
  return `service ${service}`;
}

const NAMED = "named in a policy: ";

/** Id of a row for a principal that a policy names and the state does not hold. */
export function namedId(words: string): string {
  return `${NAMED}${words}`;
}

/** Whether a row is there only because some policy names it: the config calls for no right of it. */
export function isNamedRow(id: string): boolean {
  return id.startsWith(NAMED);
}

export function assumeRows(model: Model, config: Config): ReadonlyMap<string, AssumeRow> {
  const { roles } = model;
  const named = roles.flatMap((role) =>
    namedPrincipals(statementsIn(role.trust.json), role.account).map((known) => ({ ...known, role })),
  );
  const configured = expectedRoles(config).flatMap(({ service }) => service ?? []);
  const trusted = named.flatMap(({ principal }) => (principal.type === "service" ? [principal.name] : []));
  const fixed: readonly AssumeRow[] = [
    { id: OWN_ADMINISTRATOR, kind: "account", account: undefined },
    { id: SHARED_ADMINISTRATOR, kind: "account", account: config.sharedServices.id },
    { id: FOREIGN_ADMINISTRATOR, kind: "account", account: FOREIGN_ACCOUNT },
    ...[...new Set([...configured, ...trusted])].map(
      (service) => ({ id: serviceRow(service), kind: "service", service }) as const,
    ),
    ...tokenRows(model, config),
    ...roles.map((role) => ({ id: role.arn, kind: "role", role }) as const),
  ];
  const own = new Map(roles.map((role) => [`${role.account} ${role.name}`, role]));
  const strangers = new Map(
    named.flatMap((each) => strangerRow(each, own, config) ?? []).map((row) => [row.id, row]),
  );
  return byId([...fixed, ...strangers.values()], ({ id }) => id);
}

/** @returns undefined for a principal that has a row already, and for a root user, who cannot assume a role */
function strangerRow(
  { principal, words, role: truster }: KnownPrincipal & { readonly role: RoleModel },
  own: ReadonlyMap<string, RoleModel>,
  { sharedServices }: Config,
): AssumeRow | undefined {
  const account = anyOfAccount(principal);
  if (account !== undefined) {
    const isKnown = [truster.account, sharedServices.id, FOREIGN_ACCOUNT].includes(account);
    return isKnown
      ? undefined
      : { id: namedId(`any principal of account ${account}`), kind: "account", account };
  }
  const id = namedId(words);
  if (principal.type === "user") return { id, kind: "named", principal };
  if (principal.type !== "role_session") return undefined;
  const { roleArn, sessionName } = principal;
  const role = own.get(`${accountIn(roleArn)} ${roleArn.split("/").at(-1) ?? ""}`);
  if (role === undefined) return { id, kind: "named", principal };
  return roleArn === role.arn ? undefined : { id, kind: "role", role, sessionName };
}
