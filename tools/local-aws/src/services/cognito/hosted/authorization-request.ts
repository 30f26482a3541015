import type { ClientSettings, PoolDirectory, UserPool } from "../pool-directory";

/** What an application asks of the hosted sign-in, checked against its client's settings. */
export interface AuthorizationRequest {
  readonly client: ClientSettings;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  /** For S256, the only method that Cognito has. */
  readonly codeChallenge: string | undefined;
}

/** The outcome of the checks. */
export type CheckedRequest =
  | { readonly kind: "accepted"; readonly request: AuthorizationRequest }
  /** Told to the person, because the application that asked is not known to be one. */
  | { readonly kind: "error_page"; readonly error: string }
  /** Told to the application. */
  | { readonly kind: "redirect"; readonly location: string };

/** Scopes that mean nothing without `openid`. */
const OPENID_ONLY = ["email", "phone", "profile"];
/** A SHA-256 hash in base64url. */
const CHALLENGE = /^[\w-]{43}$/;

/**
 * Checks the parameters of `/oauth2/authorize` and `/login`. Cognito documents the errors that it tells the application;
 * `redirect_mismatch` is what its error page says, and `invalid_client` is our reading.
 *
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 */
export function checkAuthorizationRequest(
  parameters: URLSearchParams,
  pool: UserPool,
  directory: Pick<PoolDirectory, "client">,
): CheckedRequest {
  const given = (name: string): string | undefined => parameters.get(name) ?? undefined;
  const client = directory.client(given("client_id") ?? "");
  if (client?.UserPoolId !== pool.id) return { kind: "error_page", error: "invalid_client" };
  const redirectUri = given("redirect_uri") ?? "";
  if (!client.CallbackURLs?.includes(redirectUri)) return { kind: "error_page", error: "redirect_mismatch" };
  const state = given("state");
  const scopes = given("scope")?.split(" ").filter(Boolean) ?? client.AllowedOAuthScopes ?? [];
  const error = errorOf(parameters, client, scopes);
  if (error !== undefined)
    return { kind: "redirect", location: withParameters(redirectUri, { error, state }) };
  const [nonce, codeChallenge] = [given("nonce"), given("code_challenge")];
  return { kind: "accepted", request: { client, redirectUri, scopes, state, nonce, codeChallenge } };
}

/** What is wrong with the request, in OAuth's words. */
function errorOf(
  parameters: URLSearchParams,
  client: ClientSettings,
  scopes: readonly string[],
): string | undefined {
  const responseType = parameters.get("response_type");
  if (responseType !== "code" && responseType !== "token") return "invalid_request";
  const allowed = client.AllowedOAuthFlowsUserPoolClient === true && (client.AllowedOAuthFlows ?? []);
  // The implicit grant is not there: no client of this system may use it.
  if (responseType !== "code" || !allowed || !allowed.includes("code")) return "unauthorized_client";
  const [challenge, method] = [parameters.get("code_challenge"), parameters.get("code_challenge_method")];
  if ((challenge === null) !== (method === null)) return "invalid_request";
  if (challenge !== null && (method !== "S256" || !CHALLENGE.test(challenge))) return "invalid_request";
  const known = scopes.every((scope) => client.AllowedOAuthScopes?.includes(scope));
  const meaningful = scopes.includes("openid") || !scopes.some((scope) => OPENID_ONLY.includes(scope));
  return known && meaningful ? undefined : "invalid_scope";
}

/** The URL with further parameters in its query. */
export function withParameters(
  url: string,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const result = new URL(url);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) result.searchParams.append(name, value);
  return result.href;
}
