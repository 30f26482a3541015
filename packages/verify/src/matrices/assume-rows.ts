import type { VerifiedConfig } from "../expect/config";
import { expectedRoles } from "../expect/roles";
import type { Model } from "../model/model";
import type { RoleModel } from "../model/roles";
import { STRANGER } from "./policies";

/** Someone who might assume a role. */
export type AssumeRow =
  | { readonly id: string; readonly kind: "role"; readonly role: RoleModel }
  | { readonly id: string; readonly kind: "service"; readonly service: string }
  /** Someone in that account who may do anything there; undefined: in the role's own. */
  | { readonly id: string; readonly kind: "account"; readonly account: string | undefined };

export const OWN_ADMINISTRATOR = "administrator of the role's own account";
export const SHARED_ADMINISTRATOR = "administrator of shared services";
export const FOREIGN_ADMINISTRATOR = "administrator of a foreign account";

export function serviceRow(service: string): string {
  return `service ${service}`;
}

export function assumeRows({ roles }: Model, config: VerifiedConfig): readonly AssumeRow[] {
  const configured = expectedRoles(config).flatMap(({ service }) => service ?? []);
  const services = new Set([...configured, ...roles.flatMap(trustedServices)]);
  return [
    { id: OWN_ADMINISTRATOR, kind: "account", account: undefined },
    { id: SHARED_ADMINISTRATOR, kind: "account", account: config.sharedServices.id },
    { id: FOREIGN_ADMINISTRATOR, kind: "account", account: STRANGER },
    ...[...services].map((service) => ({ id: serviceRow(service), kind: "service", service }) as const),
    ...roles.map((role) => ({ id: role.arn, kind: "role", role }) as const),
  ];
}

/** Services that a trust policy names, known to the config or not. */
function trustedServices({ trust }: RoleModel): readonly string[] {
  return [...trust.json.matchAll(/"([a-z0-9.-]+\.amazonaws\.com)"/g)].flatMap(([, service]) => service ?? []);
}
