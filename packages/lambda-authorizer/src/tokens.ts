import type { KeyObject } from "node:crypto";
import { type AccessTokenProfile, USER_NAME_PATTERN } from "@studio-access/shared-types";
import jwt, { type JwtHeader, type JwtPayload } from "jsonwebtoken";
import type { Identity } from "./authorize";
import { AccessDenied, type DenialCode } from "./denial";

/** The rules that a token must meet. */
export interface TokenRules {
  readonly profile: AccessTokenProfile;
  readonly issuer: string;
  readonly clientId: string;
  /** Required by the profile `rfc9068`; undefined for `cognito`, whose access tokens carry no `aud`. */
  readonly audience: string | undefined;
  readonly userNameClaim: string;
}

/** Resolves to undefined if the issuer has no such key; rejects if that cannot be told. */
export type FindKey = (kid: string) => Promise<KeyObject | undefined>;

const ALGORITHM = "RS256";

/** Printable ASCII without blanks: what issuers use for ids. Anything else could break a log line apart. */
const PLAIN_ID = /^[!-~]{1,255}$/;

/** The end of the year 9999, in seconds: later times are no dates, and JSON also knows numbers that are infinite. */
const LAST_DATE = 253_402_300_799;

function ensure(condition: boolean, code: DenialCode): asserts condition {
  if (!condition) throw new AccessDenied(code);
}

function decodeHeader(token: string): JwtHeader {
  try {
    const decoded = jwt.decode(token, { complete: true });
    if (decoded !== null) return decoded.header;
  } catch {
    // The parser's message quotes the token.
  }
  throw new AccessDenied("token_malformed");
}

/**
 * Refuses a token that no key could verify, before any key is read. The members `jku`, `x5u`, `jwk` and `x5c`, by which
 * a token would bring its own key, are not read at all.
 */
function checkHeader(header: JwtHeader, rules: TokenRules): string {
  ensure(header.alg === ALGORITHM, "algorithm_refused");
  ensure(header.crit === undefined, "critical_header_refused");
  if (rules.profile === "rfc9068") {
    const type: unknown = header.typ;
    ensure(typeof type === "string" && /^(application\/)?at\+jwt$/i.test(type), "token_type_wrong");
  }
  const kid: unknown = header.kid;
  ensure(typeof kid === "string" && PLAIN_ID.test(kid), "key_unknown");
  return kid;
}

function verifySignature(token: string, key: KeyObject): JwtPayload {
  let payload: string | JwtPayload;
  try {
    payload = jwt.verify(token, key, { algorithms: [ALGORITHM] });
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) throw new AccessDenied("token_expired");
    if (error instanceof jwt.NotBeforeError) throw new AccessDenied("token_not_yet_valid");
    // Its other errors are about the signature, or about the text before the signature is looked at.
    if (error instanceof jwt.JsonWebTokenError && /^invalid (exp|nbf) value$/.test(error.message))
      throw new AccessDenied("token_malformed");
    if (error instanceof jwt.JsonWebTokenError) throw new AccessDenied("signature_invalid");
    throw error;
  }
  ensure(typeof payload === "object", "token_malformed");
  return payload;
}

function checkClaims(claims: JwtPayload, rules: TokenRules): Identity {
  // jsonwebtoken checks an expiry that is there; it does not ask for one.
  ensure(typeof claims.exp === "number" && claims.exp <= LAST_DATE, "expiry_missing");
  ensure(claims.iss === rules.issuer, "issuer_wrong");
  if (rules.profile === "cognito") ensure(claims["token_use"] === "access", "token_use_wrong");
  else ensure(rules.audience !== undefined && [claims.aud].flat().includes(rules.audience), "audience_wrong");
  ensure(claims["client_id"] === rules.clientId, "client_wrong");

  const userName: unknown = claims[rules.userNameClaim];
  ensure(typeof userName === "string" && USER_NAME_PATTERN.test(userName), "user_name_invalid");
  const subject: unknown = claims.sub;
  return { subject: typeof subject === "string" && PLAIN_ID.test(subject) ? subject : userName, userName };
}

/** Adapter over jsonwebtoken: its errors become denials; a failure to find keys passes through untouched. */
export function createTokenVerifier(
  rules: TokenRules,
  findKey: FindKey,
): (token: string) => Promise<Identity> {
  return async (token) => {
    const kid = checkHeader(decodeHeader(token), rules);
    const key = await findKey(kid);
    if (key === undefined) throw new AccessDenied("key_unknown");
    return checkClaims(verifySignature(token, key), rules);
  };
}
