/** Where the rules for access tokens come from. */
export type AccessTokenProfile =
  /** Amazon Cognito: the rules are known, see `COGNITO_RULES`. */
  | "cognito"
  /** Any other provider: the environment holds every rule. */
  | "oidc";

export const ACCESS_TOKEN_PROFILES: readonly AccessTokenProfile[] = ["cognito", "oidc"];

/** Environment variables of the authorizer function. The access stack sets them; its config.ts reads them. */
export const AUTHORIZER_ENVIRONMENT = {
  /** Exact `iss` of accepted tokens. */
  issuer: "ISSUER",
  /** Where the issuer publishes its keys; https URL (http is accepted on a loopback address alone). */
  jwksUri: "JWKS_URI",
  /** The one accepted client. */
  clientId: "CLIENT_ID",
  /** One of {@link ACCESS_TOKEN_PROFILES}. */
  tokenProfile: "ACCESS_TOKEN_PROFILE",
  /** Claim that holds what the provider calls the user. */
  userNameClaim: "USER_NAME_CLAIM",
  /** Claim that holds the user's groups. Absent where no group gives access. */
  groupsClaim: "GROUPS_CLAIM",
  /** What the names of groups that count begin with. Absent: every group counts. */
  groupPrefix: "GROUP_PREFIX",
  /** Claim that names the client. This and what follows is for the profile `oidc` alone. */
  clientClaim: "CLIENT_CLAIM",
  /** Accepted `typ` of the header, a JSON array of strings. */
  tokenTypes: "TOKEN_TYPES",
  /** Accepted `aud`, a JSON array of strings. */
  audiences: "AUDIENCES",
  /** Claims with the one value that each must have, a JSON object of strings. */
  requiredClaims: "REQUIRED_CLAIMS",
} as const;

/** Environment variables of the presign function. */
export const PRESIGN_ENVIRONMENT = {
  usersTable: "USERS_TABLE",
  lobsTable: "LOBS_TABLE",
  /** Absent where no group gives access. */
  groupsTable: "GROUPS_TABLE",
  /** Seconds that a presigned URL can be opened, 5 to 300. */
  urlExpiresSeconds: "URL_EXPIRES_SECONDS",
  /** Seconds that the Studio session lasts, 1800 to 43200. */
  sessionExpiresSeconds: "SESSION_EXPIRES_SECONDS",
  /** Whose events the function takes, one of {@link PRESIGN_CALLERS}. Absent, it is `api`. */
  callers: "CALLERS",
} as const;

/**
 * The callers that one deployed presign function serves: users through the API, or operators through IAM, never both.
 * See docs/decisions/0006-smoke-test.md.
 */
export type PresignCallers = "api" | "operator";

export const PRESIGN_CALLERS: readonly PresignCallers[] = ["api", "operator"];

/** Environment variables of the portal function. */
export const PORTAL_ENVIRONMENT = {
  /** `PortalSettings`, as JSON. */
  settings: "PORTAL_SETTINGS",
} as const;
