import type { KeyObject } from "node:crypto";
import {
  type AccessTokenRules,
  claimChecks,
  groupsOf,
  headerChecks,
  profileNameOf,
  TOKEN_ALGORITHM,
  type TokenCheck,
} from "@studio-access/shared-types";
import jwt, { type JwtHeader, type JwtPayload } from "jsonwebtoken";
import type { Identity } from "./authorize";
import { AccessDenied, type DenialCode } from "./denial";

/** Resolves to undefined if the issuer has no such key; rejects if that cannot be told. */
export type FindKey = (kid: string) => Promise<KeyObject | undefined>;

/** Printable ASCII without blanks: what issuers use for ids. Anything else could break a log line apart. */
const PLAIN_ID = /^[!-~]{1,255}$/;

function ensure(condition: boolean, code: DenialCode): asserts condition {
  if (!condition) throw new AccessDenied(code);
}

function ensureMet(checks: readonly TokenCheck[]): void {
  for (const { isMet, fault } of checks) ensure(isMet, fault);
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

/** Refuses a token that no key could verify, before any key is read. */
function checkHeader(header: JwtHeader, rules: AccessTokenRules): string {
  ensureMet(headerChecks({ ...header }, rules));
  const kid: unknown = header.kid;
  ensure(typeof kid === "string" && PLAIN_ID.test(kid), "key_unknown");
  return kid;
}

function verifySignature(token: string, key: KeyObject): JwtPayload {
  let payload: string | JwtPayload;
  try {
    payload = jwt.verify(token, key, { algorithms: [TOKEN_ALGORITHM] });
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

/** Who the token identifies, by the profile's name. jsonwebtoken has checked times that are there; it asks for none. */
function checkClaims(claims: JwtPayload, rules: AccessTokenRules): Identity {
  ensureMet(claimChecks(claims, rules));
  const userName = profileNameOf(String(claims[rules.userNameClaim]));
  ensure(userName !== undefined, "user_name_invalid");
  const subject: unknown = claims.sub;
  return {
    subject: typeof subject === "string" && PLAIN_ID.test(subject) ? subject : userName,
    userName,
    ...(rules.groupsClaim === undefined ? {} : { groups: groupsOf(claims, rules) }),
  };
}

/** Adapter over jsonwebtoken: its errors become denials; a failure to find keys passes through untouched. */
export function createTokenVerifier(
  rules: AccessTokenRules,
  findKey: FindKey,
): (token: string) => Promise<Identity> {
  return async (token) => {
    const kid = checkHeader(decodeHeader(token), rules);
    const key = await findKey(kid);
    if (key === undefined) throw new AccessDenied("key_unknown");
    return checkClaims(verifySignature(token, key), rules);
  };
}
