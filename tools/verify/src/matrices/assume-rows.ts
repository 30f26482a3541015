import type { Config } from "@studio-access/config";
import { expectedRoles } from "../expect/roles";
import type { Model } from "../model/model";
import type { RoleModel } from "../model/roles";
import { FOREIGN_ACCOUNT } from "./policies";
import { tokenRows, type TokenRow } from "./token-rows";
import { trustedPrincipals } from "./trusted-principals";

/** A principal that might assume a role. */
export type AssumeRow =
  | { readonly id: string; readonly kind: "role"; readonly role: RoleModel }
  | { readonly id: string; readonly kind: "service"; readonly service: string }
  | TokenRow
  /** An administrator of that account; undefined: of the account of the role that is assumed. */
  | { readonly id: string; readonly kind: "account"; readonly account: string | undefined };

export const OWN_ADMINISTRATOR = "administrator of the role's own account";
export const SHARED_ADMINISTRATOR = "administrator of shared services";
export const FOREIGN_ADMINISTRATOR = "administrator of a foreign account";

export function serviceRow(service: string): string {
  return `service ${service}`;
}

export function assumeRows(model: Model, config: Config): readonly AssumeRow[] {
  const { roles } = model;
  const configured = expectedRoles(config).flatMap(({ service }) => service ?? []);
  const services = new Set([...configured, ...roles.flatMap((role) => trustedPrincipals(role, "Service"))]);
  return [
    { id: OWN_ADMINISTRATOR, kind: "account", account: undefined },
    { id: SHARED_ADMINISTRATOR, kind: "account", account: config.sharedServices.id },
    { id: FOREIGN_ADMINISTRATOR, kind: "account", account: FOREIGN_ACCOUNT },
    ...[...services].map((service) => ({ id: serviceRow(service), kind: "service", service }) as const),
    ...tokenRows(model, config),
    ...roles.map((role) => ({ id: role.arn, kind: "role", role }) as const),
  ];
}
