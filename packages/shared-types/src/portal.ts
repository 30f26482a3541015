/** When the portal sends people to the provider: as soon as they open the page, or when they press the button. */
export type PortalSignIn = "at_once" | "button";

export const PORTAL_SIGN_INS: readonly PortalSignIn[] = ["at_once", "button"];

/** The provider's addresses. */
export interface PortalEndpoints {
  readonly authorization: string;
  /** Has to answer other origins' pages (CORS). */
  readonly token: string;
  /** Absent, signing out ends the portal's own session alone. */
  readonly endSession?: string | undefined;
}

/** Whose page it is. */
export interface PortalCompany {
  readonly name: string;
  /** A `data:` URI of an image, at most {@link PORTAL_LOGO_LIMIT} characters. */
  readonly logo?: string | undefined;
  /** Where people get help: a mail address or an https URL. */
  readonly support?: string | undefined;
}

/** Characters of a logo. All variables of a Lambda function share 4 KB. */
export const PORTAL_LOGO_LIMIT = 2400;

const LOOPBACK = /^(?:127\.0\.0\.1|(?:.+\.)?localhost)$/;

/** What the portal function is told, as JSON in `PORTAL_ENVIRONMENT.settings`. All of it is public: the page holds it. */
export interface PortalSettings {
  /** Exact `iss` of the tokens; where no endpoints are given, they are read from its metadata. */
  readonly issuer: string;
  readonly clientId: string;
  /** Holds `openid`, and not `offline_access`. */
  readonly scopes: readonly string[];
  /** Further parameters of the authorization request, such as Auth0's `audience`. */
  readonly authorizationParameters: Readonly<Record<string, string>>;
  /**
   * Needed where a page cannot read the provider's metadata, or where the token endpoint is on another host than the
   * issuer: the page connects to nothing else.
   */
  readonly endpoints?: PortalEndpoints;
  /** Claim of the access token that holds what the provider calls the user. */
  readonly userNameClaim: string;
  /** Region of the Studio domains. */
  readonly region: string;
  readonly signIn: PortalSignIn;
  readonly company?: PortalCompany;
}

/** Whether it is an https URL, or an http one on this machine, where a browser keeps what it does for https alone. */
export function isProviderAddress(value: unknown): value is string {
  // The parser forgives blanks around a URL, and what is compared with it does not.
  if (typeof value !== "string" || !URL.canParse(value) || value !== value.trim()) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

/** Parameters of the authorization request that the page sets itself: whether a sign-in holds depends on them. */
export const PORTAL_OWN_PARAMETERS: readonly string[] = [
  "client_id",
  "code_challenge",
  "code_challenge_method",
  "nonce",
  "redirect_uri",
  "response_mode",
  "response_type",
  "scope",
  "state",
];
