import { profileNameOf } from "@studio-access/shared-types";

import { OpenFailed } from "./failure";

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The token without white space and a leading `Bearer`. @throws {OpenFailed} for a text that cannot be a JWT */
export function cleanToken(text: string): string {
  const token = text.trim().replace(/^Bearer\s+/i, "");
  if (!JWT.test(token))
    throw new OpenFailed("What stdin holds is no access token: a JWT has three parts, with dots between.");
  return token;
}

interface Claims {
  readonly exp?: unknown;
  readonly token_use?: unknown;
  readonly username?: unknown;
}

/**
 * Claims of a token that explain a refusal. The signature is not verified here; the API verifies it.
 *
 * @param user - name of the user's profile
 * @param now - milliseconds since the epoch
 * @returns sentences without the token
 */
export function tokenHints(token: string, user: string, now: number): readonly string[] {
  const { exp, token_use: use, username } = claimsOf(token);
  const hints: string[] = [];
  if (typeof exp === "number" && exp * 1000 <= now) {
    hints.push(`The token expired at ${new Date(exp * 1000).toISOString()}.`);
  }
  if (use === "id") hints.push("The token is an ID token; the API takes access tokens.");
  if (typeof username === "string" && profileNameOf(username) !== user)
    hints.push("The token is another user's.");
  return hints;
}

function claimsOf(token: string): Claims {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof claims === "object" && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
