import { NO_TYPE, type AccessTokenRules } from "./access-token";

export const TOKEN_PRESET_NAMES = ["rfc9068", "entra", "okta", "auth0", "keycloak"] as const;

export type TokenPresetName = (typeof TOKEN_PRESET_NAMES)[number];

/** What a provider's access tokens have in common, whoever runs it. */
interface TokenPreset extends Pick<AccessTokenRules, "clientClaim" | "requiredClaims"> {
  readonly types: readonly string[];
  /** Absent where no claim of the provider's is the obvious one: the config then names it. */
  readonly userNameClaim?: string;
}

/**
 * Access tokens as each provider documents them, by the name that a config calls it. `docs/identity.md` has the set-up
 * for each, and by what an ID token of the provider is refused.
 */
export const TOKEN_PRESETS: Readonly<Record<TokenPresetName, TokenPreset>> = {
  /** RFC 9068: https://www.rfc-editor.org/rfc/rfc9068#section-2 */
  rfc9068: { clientClaim: "client_id", types: ["at+jwt"], requiredClaims: {} },
  /**
   * Microsoft Entra ID, access tokens of version 2.0: header `typ: JWT`, client in `azp`.
   * https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
   *
   * No claim for the user name: Microsoft warns against every readable one for authorization, so the config says which.
   */
  entra: { clientClaim: "azp", types: ["JWT"], requiredClaims: {} },
  /**
   * Okta, custom authorization servers: no `typ` in the header, client in `cid`, the login in `sub`.
   * https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/#access-token
   */
  okta: { clientClaim: "cid", types: [NO_TYPE], requiredClaims: {}, userNameClaim: "sub" },
  /**
   * Auth0, its own token profile (the default): header `typ: JWT`, client in `azp`. With its RFC 9068 profile: `rfc9068`.
   * https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
   *
   * No claim for the user name: only an Action puts one beside `sub` into the token.
   */
  auth0: { clientClaim: "azp", types: ["JWT"], requiredClaims: {} },
  /**
   * Keycloak: header `typ: JWT`, or `at+jwt` where the client asks for it; the claim `typ` tells an access token
   * (`Bearer`) from an ID token (`ID`); client in `azp`.
   * https://github.com/keycloak/keycloak/blob/main/core/src/main/java/org/keycloak/util/TokenUtil.java
   */
  keycloak: {
    clientClaim: "azp",
    types: ["JWT", "at+jwt"],
    requiredClaims: { typ: "Bearer" },
    userNameClaim: "preferred_username",
  },
};
