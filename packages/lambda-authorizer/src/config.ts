import { ACCESS_TOKEN_PROFILES, AUTHORIZER_ENVIRONMENT as NAMES } from "@studio-access/shared-types";
import type { TokenRules } from "./tokens";

export interface Config {
  readonly rules: TokenRules;
  readonly jwksUri: string;
}

const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

function isFetchable(uri: string): boolean {
  // The parser forgives blanks around a URL, and what is compared with it does not.
  if (!URL.canParse(uri) || uri !== uri.trim()) return false;
  const { protocol, hostname } = new URL(uri);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK_HOSTS.includes(hostname));
}

/**
 * Reads the function's environment, see `AUTHORIZER_ENVIRONMENT`.
 *
 * @throws {Error} that lists every problem at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const required = (name: string): string => {
    const value = env[name] ?? "";
    if (value === "") problems.push(`${name} is missing`);
    return value;
  };

  const issuer = required(NAMES.issuer);
  const jwksUri = required(NAMES.jwksUri);
  const clientId = required(NAMES.clientId);
  const userNameClaim = required(NAMES.userNameClaim);
  const profileName = required(NAMES.tokenProfile);
  const profile = ACCESS_TOKEN_PROFILES.find((known) => known === profileName);
  const audience = env[NAMES.audience];

  if (profileName !== "" && profile === undefined) {
    problems.push(`${NAMES.tokenProfile} must be one of ${ACCESS_TOKEN_PROFILES.join(", ")}`);
  }
  if (jwksUri !== "" && !isFetchable(jwksUri)) problems.push(`${NAMES.jwksUri} must be an https URL`);
  if (profile === "rfc9068" && !audience) problems.push(`${NAMES.audience} is missing`);
  // Accepting it would look as if it were checked.
  if (profile === "cognito" && audience) problems.push(`${NAMES.audience} has no meaning for cognito`);

  if (profile === undefined || problems.length > 0)
    throw new Error(`bad environment: ${problems.join("; ")}`);
  return {
    jwksUri,
    rules: { profile, issuer, clientId, audience: audience === "" ? undefined : audience, userNameClaim },
  };
}
