import { OpenFailed } from "./failure";

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The token as it was meant: also with `Bearer` before it. @throws {OpenFailed} for what can be no access token */
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
 * What a token says of itself that explains a refusal. Nothing is verified here: that is the API's part.
 *
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
  if (typeof username === "string" && username !== user) hints.push("The token is another user's.");
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
