import {
  ACCESS_TOKEN_PROFILES,
  type AccessTokenRules,
  AUTHORIZER_ENVIRONMENT as NAMES,
  COGNITO_RULES,
} from "@studio-access/shared-types";

export interface Config {
  readonly rules: AccessTokenRules;
  readonly jwksUri: string;
}

/** The rules that only the profile `oidc` takes from the environment. */
type OidcRules = Pick<AccessTokenRules, "clientClaim" | "types" | "audiences" | "requiredClaims">;

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
  if (profileName !== "" && profile === undefined) {
    problems.push(`${NAMES.tokenProfile} must be one of ${ACCESS_TOKEN_PROFILES.join(", ")}`);
  }
  if (jwksUri !== "" && !isFetchable(jwksUri)) problems.push(`${NAMES.jwksUri} must be an https URL`);

  const listOf = (name: string): readonly string[] => {
    const list = parsed(required(name));
    if (Array.isArray(list) && list.length > 0 && list.every(isText)) return list;
    if (env[name]) problems.push(`${name} must be a JSON array of strings`);
    return [];
  };
  const oidcRules = (): OidcRules => ({
    clientClaim: required(NAMES.clientClaim),
    types: listOf(NAMES.tokenTypes),
    audiences: listOf(NAMES.audiences),
    requiredClaims: claimsOf(env[NAMES.requiredClaims], problems),
  });
  const cognitoRules = (): OidcRules => {
    // Accepting them would look as if they were checked.
    for (const name of [NAMES.clientClaim, NAMES.tokenTypes, NAMES.audiences, NAMES.requiredClaims]) {
      if (env[name]) problems.push(`${name} has no meaning for cognito`);
    }
    return COGNITO_RULES;
  };
  const rules = profile === "oidc" ? oidcRules() : cognitoRules();
  const [groupsClaim, groupPrefix] = [env[NAMES.groupsClaim], env[NAMES.groupPrefix]];
  if (groupPrefix && !groupsClaim)
    problems.push(`${NAMES.groupPrefix} has no meaning without ${NAMES.groupsClaim}`);
  const groupRules = { ...(groupsClaim ? { groupsClaim } : {}), ...(groupPrefix ? { groupPrefix } : {}) };

  if (profile === undefined || problems.length > 0)
    throw new Error(`bad environment: ${problems.join("; ")}`);
  return { jwksUri, rules: { issuer, clientId, userNameClaim, ...rules, ...groupRules } };
}

function claimsOf(text: string | undefined, problems: string[]): Readonly<Record<string, string>> {
  if (!text) return {};
  const claims = parsed(text);
  if (typeof claims === "object" && claims !== null && !Array.isArray(claims)) {
    const entries = Object.entries(claims).filter((entry): entry is [string, string] => isText(entry[1]));
    if (entries.length === Object.keys(claims).length) return Object.fromEntries(entries);
  }
  problems.push(`${NAMES.requiredClaims} must be a JSON object of strings`);
  return {};
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Undefined for a text that is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
