import type { PoolDirectory, UserPool } from "./pool-directory";

/**
 * The OpenID Connect metadata of a pool. The endpoints of the hosted sign-in are in it once the pool has a domain.
 *
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
 */
export function openIdConfiguration(pool: UserPool, directory: Pick<PoolDirectory, "domainOf">): object {
  const issuer = `https://cognito-idp.${pool.region}.amazonaws.com/${pool.id}`;
  const host = directory.domainOf(pool);
  return {
    ...(host !== undefined && {
      authorization_endpoint: `https://${host}/oauth2/authorize`,
      end_session_endpoint: `https://${host}/logout`,
      revocation_endpoint: `https://${host}/oauth2/revoke`,
      token_endpoint: `https://${host}/oauth2/token`,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      userinfo_endpoint: `https://${host}/oauth2/userInfo`,
    }),
    id_token_signing_alg_values_supported: ["RS256"],
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["code", "token"],
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
  };
}
