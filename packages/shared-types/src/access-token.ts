import { profileNameOf } from "./profile-name";
import { type GroupRules, groupStrings } from "./token-groups";

/** What an access token must be like, beside its signature. */
export interface AccessTokenRules extends GroupRules {
  /** Its `iss`, character by character: a slash at the end counts. */
  readonly issuer: string;
  /** The one client whose tokens are accepted. */
  readonly clientId: string;
  /** Claim that names the client. */
  readonly clientClaim: string;
  /** Accepted `typ` of the header, see {@link NO_TYPE}. Undefined: any, where {@link requiredClaims} tell an access token. */
  readonly types: readonly string[] | undefined;
  /** One of them must be in `aud`. Undefined for Cognito, whose access tokens carry no `aud`. */
  readonly audiences: readonly string[] | undefined;
  /** Claims that mark an access token of this issuer, each with its one value. */
  readonly requiredClaims: Readonly<Record<string, string>>;
  /** Claim that holds what the provider calls the user. */
  readonly userNameClaim: string;
}

/** Among the accepted types: a header without `typ`. */
export const NO_TYPE = "none";

/** What a token can be at fault in, as the authorizer's log says it. */
export type TokenFault =
  | "algorithm_refused"
  | "critical_header_refused"
  | "token_type_wrong"
  | "expiry_missing"
  | "issuer_wrong"
  | "token_use_wrong"
  | "audience_wrong"
  | "client_wrong"
  | "user_name_invalid"
  | "groups_invalid";

/** One thing that is looked at in a token. */
export interface TokenCheck {
  /** Name of the claim, or of the header's member. */
  readonly about: string;
  /** What must stand there, from the rules alone: nothing of the token is in it. */
  readonly expected: string;
  readonly fault: TokenFault;
  readonly isMet: boolean;
}

type Members = Readonly<Record<string, unknown>>;

/** Amazon Cognito: `client_id`, `token_use: "access"` and `username`; no `aud`. */
export const COGNITO_RULES = {
  clientClaim: "client_id",
  types: undefined,
  audiences: undefined,
  requiredClaims: { token_use: "access" },
} as const;

/** The one algorithm: every provider that is known here signs with it. */
export const TOKEN_ALGORITHM = "RS256";

/** The end of the year 9999, in seconds: later times are no dates, and JSON also knows numbers that are infinite. */
const LAST_DATE = 253_402_300_799;

/** Checks of the header that need no key. The members by which a token would bring its own key are not read at all. */
export function headerChecks(header: Members, { types }: AccessTokenRules): readonly TokenCheck[] {
  const type = typeOf(header["typ"]);
  return [
    {
      about: "alg",
      expected: TOKEN_ALGORITHM,
      fault: "algorithm_refused",
      isMet: header["alg"] === TOKEN_ALGORITHM,
    },
    {
      about: "crit",
      expected: "not there",
      fault: "critical_header_refused",
      isMet: header["crit"] === undefined,
    },
    {
      about: "typ",
      expected: types?.join(" or ") ?? "any",
      fault: "token_type_wrong",
      isMet: types === undefined || (type !== undefined && types.map(normalType).includes(type)),
    },
  ];
}

/** Checks of the claims, in the order in which the authorizer names the first fault. */
export function claimChecks(claims: Members, rules: AccessTokenRules): readonly TokenCheck[] {
  const { audiences, groupsClaim } = rules;
  const expiry = claims["exp"];
  const userName = claims[rules.userNameClaim];
  return [
    {
      about: "exp",
      expected: "an expiry",
      fault: "expiry_missing",
      isMet: typeof expiry === "number" && expiry <= LAST_DATE,
    },
    { about: "iss", expected: rules.issuer, fault: "issuer_wrong", isMet: claims["iss"] === rules.issuer },
    ...Object.entries(rules.requiredClaims).map(([name, value]): TokenCheck => ({
      about: name,
      expected: value,
      fault: "token_use_wrong",
      isMet: claims[name] === value,
    })),
    ...(audiences === undefined ? [] : [audienceCheck(claims["aud"], audiences)]),
    {
      about: rules.clientClaim,
      expected: rules.clientId,
      fault: "client_wrong",
      isMet: claims[rules.clientClaim] === rules.clientId,
    },
    {
      about: rules.userNameClaim,
      expected: "a name that has a profile name",
      fault: "user_name_invalid",
      isMet: typeof userName === "string" && profileNameOf(userName) !== undefined,
    },
    ...(groupsClaim === undefined ? [] : [groupsCheck(claims[groupsClaim], groupsClaim)]),
  ];
}

/** `aud` is a string or a list of them, and one of ours must be in it. */
function audienceCheck(found: unknown, audiences: readonly string[]): TokenCheck {
  return {
    about: "aud",
    expected: audiences.join(" or "),
    fault: "audience_wrong",
    isMet: [found].flat().some((audience) => typeof audience === "string" && audiences.includes(audience)),
  };
}

function groupsCheck(found: unknown, groupsClaim: string): TokenCheck {
  return {
    about: groupsClaim,
    expected: "a list of groups, or nothing",
    fault: "groups_invalid",
    isMet: groupStrings(found) !== undefined,
  };
}

function typeOf(found: unknown): string | undefined {
  if (found === undefined) return NO_TYPE;
  // A header that says "none" is not one that says nothing.
  return typeof found === "string" && normalType(found) !== NO_TYPE ? normalType(found) : undefined;
}

/** Media types compare without regard to case, and may leave `application/` out. Source: RFC 7515, section 4.1.9 */
function normalType(type: string): string {
  return type.toLowerCase().replace(/^application\/(?!.*\/)/, "");
}
