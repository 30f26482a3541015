/**
 * Names of users, 2 to 63 characters: alike in the users table, in Studio and in the API's path. `profileNameOf` makes
 * them from what the identity provider calls people. It is SageMaker's rule for user profiles, and two characters or
 * more because the name is also the STS session name and source identity.
 *
 * It holds no `*`, `?`, `/` or `$`: such a name can stand in an ARN pattern without widening it. SageMaker's own
 * pattern repeats `-*`, so it alone does not bound the length; this one does.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateUserProfile.html,
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const USER_NAME_PATTERN = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]$/;

/**
 * A Studio domain's id, 3 to 63 characters.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html
 */
export const DOMAIN_ID_PATTERN = /^d-[a-z0-9-]{0,60}[a-z0-9]$/;

/** A row of the users table. */
export interface UserRecord {
  /** User name; partition key. */
  readonly PK: string;
  /** Name of the line of business the user belongs to; partition key of the LOBs table. */
  readonly LOB: string;
  /** Present where the user gets no Studio any more, whatever their groups. */
  readonly BLOCKED?: "true";
}

/**
 * Names of an identity provider's groups that can give access, 1 to 128 characters: ids (Entra), names (Okta, Cognito),
 * paths (Keycloak's begin with a slash). Others are no groups of ours. No quotes, `*`, `?` or `$`, which mean something
 * to JSON, IAM or Terraform.
 */
export const GROUP_PATTERN = /^[a-zA-Z0-9/](?:[a-zA-Z0-9 ._:/@+-]{0,126}[a-zA-Z0-9])?$/;

/** A row of the groups table. */
export interface GroupRecord {
  /** The group, as the identity provider's tokens name it; partition key. Matches {@link GROUP_PATTERN}. */
  readonly PK: string;
  /** Name of the line of business that the group's people belong to; partition key of the LOBs table. */
  readonly LOB: string;
}

/** A row of the LOBs table. */
export interface LobRecord {
  /** Name of the line of business; partition key. */
  readonly PK: string;
  /** Account that holds the Studio domain, 12 digits. */
  readonly ACCOUNT_ID: string;
  /** Id of the Studio domain, `d-…`. */
  readonly DOMAIN_ID: string;
  /** ARN of the access role, which the presign function assumes. */
  readonly ROLE_ARN: string;
  /** ARN of the role that makes profiles at the first sign-in. Present where groups give access. */
  readonly PROFILE_MAKER_ROLE_ARN?: string;
}

/**
 * The caller, as the authorizer has verified them; API Gateway passes it to the presign function as
 * `requestContext.authorizer`. API Gateway carries only strings, numbers and booleans here.
 */
export interface AuthorizerContext {
  /** The verified user name. Matches {@link USER_NAME_PATTERN}. */
  readonly userName: string;
  /** The verified groups, a JSON array of strings that match {@link GROUP_PATTERN}. Present where groups give access. */
  readonly groups?: string;
  /** Why the token's groups are not known whole; in place of `groups`. */
  readonly groupsRefused?: GroupsRefused;
}

/** The token holds more groups than can be handed on, or says that it left some out (Entra's overage). */
export type GroupsRefused = "too_many_groups";

/** The tag of a profile that was made at a first sign-in; by it, drift and audits tell it from Terraform's. */
export const SIGN_IN_PROFILE_TAG = { Key: "studio-access:made-by", Value: "sign-in" } as const;

/** Key of the session tag that names the user in the LOB account. */
export const USER_SESSION_TAG = "user";
