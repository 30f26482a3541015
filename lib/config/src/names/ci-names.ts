import type { Config } from "../schema";
import { namesFor } from "./names";

type Environment = Pick<Config, "environment">;

/** Name of a stack with the roles of one account: `ci-access` in shared services, `ci-access-lob-a` in that LOB's. */
export function ciStackName(lob?: string): string {
  return lob === undefined ? "ci-access" : `ci-access-${lob}`;
}

/**
 * Path of what the stacks `ci-access…` make in IAM. It differs from the path of the other stacks' roles, so that a
 * permission for that path does not include these roles.
 */
export function ciPath({ environment }: Environment): string {
  return `/studio-access-ci/${environment}/`;
}

const CI_ROLES = { plan: "ci-plan", apply: "ci-apply" } as const;

export type CiRole = keyof typeof CI_ROLES;

export function ciRoleName(config: Environment, role: CiRole): string {
  return namesFor(config.environment).of(CI_ROLES[role]);
}

export function ciRoleArn(config: Environment, accountId: string, role: CiRole): string {
  return `arn:aws:iam::${accountId}:role${ciPath(config)}${ciRoleName(config, role)}`;
}

/** Name of the permissions boundary of every role that a workflow makes. */
export function boundaryName({ environment }: Environment): string {
  return namesFor(environment).of("ci-boundary");
}

export function boundaryArn(config: Environment, accountId: string): string {
  return `arn:aws:iam::${accountId}:policy${ciPath(config)}${boundaryName(config)}`;
}

/** Name, without `alias/`, of the key that encrypts reviewed plans until they are applied. */
export function planKeyName({ environment }: Environment): string {
  return namesFor(environment).of("ci-plans");
}
