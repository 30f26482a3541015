/**
 * Every name that AWS sees is made here: `studio-access-{environment}-{part}…`.
 *
 * Roles also get a path, so that one pattern can cover the access roles of all accounts.
 */
export interface Names {
  /** Prefix of all names: `studio-access-{environment}`. */
  readonly prefix: string;
  /** Path of all IAM roles: `/studio-access/{environment}/`. */
  readonly rolePath: string;
  of(...parts: readonly string[]): string;
  /** ARN of a role made with {@link rolePath} and {@link of}, known before the role exists. */
  roleArn(accountId: string, ...parts: readonly string[]): string;
}

export function namesFor(environment: string): Names {
  const prefix = `studio-access-${environment}`;
  const rolePath = `/studio-access/${environment}/`;
  const of = (...parts: readonly string[]): string => [prefix, ...parts].join("-");
  return {
    prefix,
    rolePath,
    of,
    roleArn: (accountId, ...parts) => `arn:aws:iam::${accountId}:role${rolePath}${of(...parts)}`,
  };
}

/** Last part of every access role's name; the presign function may assume no other roles. */
export const ACCESS_ROLE = "access";

/** Last part of the presign function's role; access roles trust no other principal. */
export const PRESIGN_ROLE = "presign";

/**
 * Last part of the name of every role that makes Studio profiles. Short: with the longest names of an environment and a line
 * of business IAM leaves 12 characters.
 */
export const PROFILE_MAKER_ROLE = "profiles";
