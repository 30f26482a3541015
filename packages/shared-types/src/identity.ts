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
}

/**
 * The caller, as the authorizer has verified them; API Gateway passes it to the presign function as
 * `requestContext.authorizer`. API Gateway carries only strings, numbers and booleans here.
 */
export interface AuthorizerContext {
  /** The verified user name. Matches {@link USER_NAME_PATTERN}. */
  readonly userName: string;
}

/** Key of the session tag that names the user in the LOB account. */
export const USER_SESSION_TAG = "user";
