import type { AccessTokenRules, TokenPresetName } from "@studio-access/shared-types";
import type { DenialCode } from "../denial";

/** Header without `alg` and `kid`, and claims without times, which tests add. */
interface Shape {
  readonly header: object;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The tokens of a provider as its documentation shows them, with what a config says of this one. */
export interface ProviderTokens {
  readonly preset: TokenPresetName;
  readonly rules: Pick<AccessTokenRules, "issuer" | "clientId" | "audiences" | "userNameClaim">;
  readonly accessToken: Shape;
  readonly idToken: Shape;
  /** By what the ID token is refused, and by what it still would be if the API were its audience. */
  readonly idTokenRefusal: readonly [asIs: DenialCode, forTheApi: DenialCode];
  /** Presets that cannot be told from this provider's by a token: they ask for the same. */
  readonly alike: readonly TokenPresetName[];
  readonly userName: string;
}

const ENTRA_TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const ENTRA_API = "6e74172b-be56-4843-9ff4-e66a39bb12e3";
const ENTRA_CLIENT = "55556666-ffff-7777-aaaa-8888bbbb9999";
const ENTRA_USER = {
  iss: `https://login.microsoftonline.com/${ENTRA_TENANT}/v2.0`,
  name: "Jane Doe",
  oid: "00aa00aa-bb11-cc22-dd33-44ee44ee44ee",
  preferred_username: "jane.doe@example.com",
  sub: "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
  tid: ENTRA_TENANT,
  uti: "fqiBqXLPj0eQa82S-IYFAA",
  ver: "2.0",
};

/**
 * https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference and
 * https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference, version 2.0
 */
const ENTRA: ProviderTokens = {
  preset: "entra",
  rules: {
    issuer: ENTRA_USER.iss,
    clientId: ENTRA_CLIENT,
    audiences: [ENTRA_API],
    userNameClaim: "preferred_username",
  },
  accessToken: {
    header: { typ: "JWT" },
    claims: { ...ENTRA_USER, aud: ENTRA_API, azp: ENTRA_CLIENT, azpacr: "0", scp: "studio.open" },
  },
  idToken: { header: { typ: "JWT" }, claims: { ...ENTRA_USER, aud: ENTRA_CLIENT, nonce: "12345" } },
  idTokenRefusal: ["audience_wrong", "client_wrong"],
  alike: ["auth0"],
  userName: "m--jane--doe---example--com",
};

/**
 * https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/#access-token and #id-token; `sub` as a custom
 * authorization server fills it by default: https://developer.okta.com/docs/concepts/auth-servers/
 */
const OKTA: ProviderTokens = {
  preset: "okta",
  rules: {
    issuer: "https://example.okta.com/oauth2/ausacqf8qaJw56czJi0g4",
    clientId: "nmdP1fcyvdVO11AL7ECm",
    audiences: ["https://api.example.com"],
    userNameClaim: "sub",
  },
  accessToken: {
    header: {},
    claims: {
      ver: 1,
      jti: "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
      iss: "https://example.okta.com/oauth2/ausacqf8qaJw56czJi0g4",
      aud: "https://api.example.com",
      sub: "jane.doe@example.com",
      cid: "nmdP1fcyvdVO11AL7ECm",
      uid: "00ujmkLgagxeRrAg20g3",
      scp: ["openid", "email"],
      auth_time: 1467142021,
    },
  },
  idToken: {
    header: {},
    claims: {
      ver: 1,
      jti: "ID.4eAWJOCMB3SX8XewDfVR",
      iss: "https://example.okta.com/oauth2/ausacqf8qaJw56czJi0g4",
      aud: "nmdP1fcyvdVO11AL7ECm",
      sub: "00ujmkLgagxeRrAg20g3",
      amr: ["pwd"],
      idp: "00ok1u7AsAkrwdZL3z0g3",
      preferred_username: "jane.doe@example.com",
      at_hash: "cpqKfdQA5eH891Ff5oJr_Q",
    },
  },
  idTokenRefusal: ["audience_wrong", "client_wrong"],
  alike: [],
  userName: "m--jane--doe---example--com",
};

const AUTH0_NAME = "https://studio.example.com/user";

/**
 * https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles (its own profile) and
 * https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure; the issuer ends with a slash
 */
const AUTH0: ProviderTokens = {
  preset: "auth0",
  rules: {
    issuer: "https://my-domain.auth0.com/",
    clientId: "my_client_id",
    audiences: ["https://example.com/studio-api"],
    userNameClaim: AUTH0_NAME,
  },
  accessToken: {
    header: { typ: "JWT" },
    claims: {
      iss: "https://my-domain.auth0.com/",
      sub: "auth0|123456",
      aud: ["https://example.com/studio-api", "https://my-domain.auth0.com/userinfo"],
      azp: "my_client_id",
      scope: "openid profile",
      [AUTH0_NAME]: "jane.doe@example.com",
    },
  },
  idToken: {
    header: { typ: "JWT" },
    claims: {
      iss: "https://my-domain.auth0.com/",
      sub: "auth0|123456",
      aud: "my_client_id",
      name: "Jane Doe",
      email: "jane.doe@example.com",
      [AUTH0_NAME]: "jane.doe@example.com",
    },
  },
  idTokenRefusal: ["audience_wrong", "client_wrong"],
  alike: ["entra"],
  userName: "m--jane--doe---example--com",
};

const KEYCLOAK_USER = {
  iss: "https://sso.example.com/realms/company",
  sub: "fd8fc3d3-0a39-41f7-9468-45926f658e41",
  azp: "studio",
  sid: "c09af47f-db7c-4013-bff6-60b78b959786",
  acr: "1",
  preferred_username: "jane.doe",
};

/**
 * https://www.keycloak.org/docs/latest/server_admin/#_audience and
 * https://github.com/keycloak/keycloak/blob/main/core/src/main/java/org/keycloak/util/TokenUtil.java for the claim `typ`
 */
const KEYCLOAK: ProviderTokens = {
  preset: "keycloak",
  rules: {
    issuer: KEYCLOAK_USER.iss,
    clientId: "studio",
    audiences: ["studio-api"],
    userNameClaim: "preferred_username",
  },
  accessToken: {
    header: { typ: "JWT" },
    claims: {
      ...KEYCLOAK_USER,
      typ: "Bearer",
      aud: ["studio-api", "account"],
      realm_access: { roles: ["offline_access"] },
      scope: "openid profile email",
    },
  },
  idToken: {
    header: { typ: "JWT" },
    claims: { ...KEYCLOAK_USER, typ: "ID", aud: "studio", at_hash: "UbB146Lw2fEcOkrltOo3uQ" },
  },
  idTokenRefusal: ["token_use_wrong", "token_use_wrong"],
  alike: ["entra", "auth0"],
  userName: "m--jane--doe",
};

/** https://www.rfc-editor.org/rfc/rfc9068#section-2 and https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
const RFC9068: ProviderTokens = {
  preset: "rfc9068",
  rules: {
    issuer: "https://authorization-server.example.com/",
    clientId: "s6BhdRkqt3",
    audiences: ["https://rs.example.com/"],
    userNameClaim: "preferred_username",
  },
  accessToken: {
    header: { typ: "at+jwt" },
    claims: {
      iss: "https://authorization-server.example.com/",
      sub: "5ba552d67",
      aud: "https://rs.example.com/",
      jti: "dbe39bf3a3ba4238a513f51d6e1691c4",
      client_id: "s6BhdRkqt3",
      scope: "openid profile reademail",
      preferred_username: "jane-doe",
    },
  },
  idToken: {
    header: { typ: "JWT" },
    claims: {
      iss: "https://authorization-server.example.com/",
      sub: "5ba552d67",
      aud: "s6BhdRkqt3",
      nonce: "n-0S6_WzA2Mj",
      preferred_username: "jane-doe",
    },
  },
  idTokenRefusal: ["token_type_wrong", "token_type_wrong"],
  alike: [],
  userName: "jane-doe",
};

export const PROVIDERS: readonly ProviderTokens[] = [ENTRA, OKTA, AUTH0, KEYCLOAK, RFC9068];
