import type { GroupsRefused } from "@studio-access/shared-types";
import { AccessDenied } from "./denial";

/** The user that the verified token identifies. */
export interface Identity {
  /** The issuer's own id of the user (`sub`). */
  readonly subject: string;
  /** Name in the users table and in Studio: what `profileNameOf` makes of the token's claim. Matches `USER_NAME_PATTERN`. */
  readonly userName: string;
  /** The groups that may give access, or why they are not known whole; absent where no group does. */
  readonly groups?: readonly string[] | GroupsRefused;
}

export interface AuthorizeDeps {
  /** Rejects with {@link AccessDenied} if the token is at fault; with anything else if we are. */
  readonly verifyToken: (token: string) => Promise<Identity>;
}

/** Longer than any token that a sane issuer makes, and small enough that refusing it costs nothing. */
const MAX_TOKEN_LENGTH = 8192;

/**
 * Decides who the caller is.
 *
 * @param credentials every value of the request's Authorization header
 * @throws {AccessDenied} unless there is exactly one, and it carries a valid bearer token
 */
export async function authorize(credentials: readonly string[], deps: AuthorizeDeps): Promise<Identity> {
  const [credential, ...others] = credentials;
  // Two tokens are two identities, and proxies differ in which of them counts.
  if (others.length > 0) throw new AccessDenied("token_repeated");
  if (credential === undefined || credential.trim() === "") throw new AccessDenied("token_missing");

  const [scheme = "", token, ...rest] = credential.trim().split(" ");
  if (scheme.toLowerCase() !== "bearer") throw new AccessDenied("scheme_unsupported");
  if (token === undefined) throw new AccessDenied("token_missing");
  if (rest.length > 0) throw new AccessDenied("token_malformed");
  if (token.length > MAX_TOKEN_LENGTH) throw new AccessDenied("token_too_large");
  return deps.verifyToken(token);
}
