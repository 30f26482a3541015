/** How an issuer marks its access tokens. */
export type AccessTokenProfile =
  /** Amazon Cognito: claims `token_use: "access"`, `client_id` and `username`; no `aud`. */
  | "cognito"
  /** RFC 9068: header `typ: at+jwt`, claims `client_id` and `aud`. */
  | "rfc9068";

export const ACCESS_TOKEN_PROFILES: readonly AccessTokenProfile[] = ["cognito", "rfc9068"];

/** Environment variables of the authorizer function. The access stack sets them; its config.ts reads them. */
export const AUTHORIZER_ENVIRONMENT = {
  /** Exact `iss` of accepted tokens. */
  issuer: "ISSUER",
  /** Where the issuer publishes its keys; https URL (http is accepted on a loopback address alone). */
  jwksUri: "JWKS_URI",
  /** The one accepted `client_id`. */
  clientId: "CLIENT_ID",
  /** One of {@link ACCESS_TOKEN_PROFILES}. */
  tokenProfile: "ACCESS_TOKEN_PROFILE",
  /** Claim that holds the user name. */
  userNameClaim: "USER_NAME_CLAIM",
  /** Required `aud`; set for the profile `rfc9068` alone. */
  audience: "AUDIENCE",
} as const;

/** Environment variables of the presign function. */
export const PRESIGN_ENVIRONMENT = {
  usersTable: "USERS_TABLE",
  lobsTable: "LOBS_TABLE",
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
