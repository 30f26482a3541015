import type { Config } from "@studio-access/config";
import { expectedProfile } from "../expect/profile-names";
import { roleArn } from "../expect/roles";
import type { Model, ProfileModel } from "../model/model";
import type { RoleModel } from "../model/roles";
import { byId } from "./matrix";

/** A principal that might make a Studio URL. */
export type PresignRow =
  | { readonly kind: "presign"; readonly user: string }
  /** A session of a role, in a user's name (session tag and source identity) or in none. */
  | { readonly kind: "session"; readonly role: RoleModel; readonly user: string | undefined };

/** A user that the config does not have. */
export const UNKNOWN_USER = "somebody-else";

export function presignId(user: string): string {
  return `presign function for ${user}`;
}

export function sessionId(arn: string, user?: string): string {
  return user === undefined ? arn : `${arn} as ${user}`;
}

/**
 * The presign function on behalf of each user, and sessions of each role: in no user's name, in that of each user of its
 * account, and in that of an unknown user. Whether anyone can get such a session is shown by the matrix `assume`.
 */
export function presignRows({ roles, profiles }: Model, config: Config): ReadonlyMap<string, PresignRow> {
  const users = config.linesOfBusiness.flatMap((lob) => lob.users.map(expectedProfile));
  const owners = new Map<string, Set<string>>();
  for (const { account, user } of profiles) owners.set(account, (owners.get(account) ?? new Set()).add(user));
  const rows: readonly PresignRow[] = [
    ...[...new Set([...users, UNKNOWN_USER])].map((user) => ({ kind: "presign", user }) as const),
    ...roles.flatMap((role) =>
      [undefined, ...(owners.get(role.account) ?? []), UNKNOWN_USER].map(
        (user) => ({ kind: "session", role, user }) as const,
      ),
    ),
  ];
  return byId(rows, (row) =>
    row.kind === "presign" ? presignId(row.user) : sessionId(row.role.arn, row.user),
  );
}

/** ARN of the role that the presign function assumes for a profile. */
export function accessRoleArn({ account, stack }: ProfileModel, config: Config): string {
  return roleArn(config, account, stack, "access");
}
