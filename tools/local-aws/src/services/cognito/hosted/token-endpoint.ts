import { createHash } from "node:crypto";

import type { Reply } from "../../../server/call";
import type { HttpRequest } from "../../../server/parse-call";
import type { ClientSettings, PoolDirectory, UserPool } from "../pool-directory";
import { lifetime, type TokenIssuer } from "../token-issuer";
import type { AuthorizationRequest } from "./authorization-request";
import { ExpiringStore } from "./expiring-store";
import type { PoolSignIn } from "./pool-sign-in";

/** A user who has signed in to a client. */
export interface SignIn {
  readonly clientId: string;
  readonly userName: string;
  /** moto's, from which all tokens of the sign-in come. */
  readonly refreshToken: string;
  /** Seconds since the epoch. */
  readonly authTime: number;
}

/** What a code or a refresh token stands for. */
interface Grant {
  readonly signIn: SignIn;
  readonly scopes: readonly string[];
}

interface CodeGrant extends Grant {
  readonly request: AuthorizationRequest;
}

export interface TokenEndpointOptions {
  readonly directory: PoolDirectory;
  readonly tokens: TokenIssuer;
  readonly users: Pick<PoolSignIn, "tokens">;
  readonly clock: () => number;
}

/** OAuth's error code. */
type OAuthError =
  "invalid_request" | "invalid_client" | "invalid_grant" | "unauthorized_client" | "unsupported_grant_type";

const CODE_SECONDS = 300;

/** Any web page may read the answers: practice of single-page applications, not documented. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "POST, OPTIONS",
  "access-control-allow-headers": "Authorization, Content-Type",
};

/**
 * `/oauth2/token`: exchanges codes and refresh tokens. The documented errors all have status 400.
 *
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions;
  readonly #codes: ExpiringStore<CodeGrant>;
  readonly #refreshTokens: ExpiringStore<Grant>;

  constructor(options: TokenEndpointOptions) {
    this.#options = options;
    this.#codes = new ExpiringStore(options.clock);
    this.#refreshTokens = new ExpiringStore(options.clock);
  }

  /** A code for the application that asked for the sign-in. */
  newCode(request: AuthorizationRequest, signIn: SignIn): string {
    return this.#codes.put({ request, signIn, scopes: request.scopes }, CODE_SECONDS);
  }

  async handle(pool: UserPool, request: HttpRequest): Promise<Reply> {
    if (request.method === "OPTIONS") return { status: 204, headers: CORS, body: Buffer.alloc(0) };
    const answer = await this.#answer(pool, request);
    const headers = {
      "content-type": "application/json;charset=UTF-8",
      "cache-control": "no-store",
      ...CORS,
    };
    const status = typeof answer === "string" ? 400 : 200;
    const body = typeof answer === "string" ? { error: answer } : answer;
    return { status, headers, body: Buffer.from(JSON.stringify(body)) };
  }

  async #answer(pool: UserPool, request: HttpRequest): Promise<OAuthError | object> {
    if (!request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded"))
      return "invalid_request";
    const form = new URLSearchParams(request.body.toString());
    const client = this.#clientOf(pool, form, request.headers.authorization);
    if (!client) return "invalid_client";
    switch (form.get("grant_type")) {
      case null:
        return "invalid_request";
      case "authorization_code":
        return await this.#exchangeCode(pool, client, form);
      case "refresh_token":
        return await this.#refresh(pool, client, form);
      case "client_credentials":
        // The grant is not there: no client of this system may use it.
        return "unauthorized_client";
      default:
        return "unsupported_grant_type";
    }
  }

  /** The client, by its id and, if it has one, its secret. */
  #clientOf(
    pool: UserPool,
    form: URLSearchParams,
    authorization: string | undefined,
  ): ClientSettings | undefined {
    const basic = /^Basic (\S+)$/i.exec(authorization ?? "")?.[1];
    const [id = "", secret] =
      basic === undefined
        ? [form.get("client_id") ?? "", form.get("client_secret") ?? undefined]
        : Buffer.from(basic, "base64").toString().split(":");
    const client = this.#options.directory.client(id);
    return client?.UserPoolId === pool.id && client.ClientSecret === secret ? client : undefined;
  }

  async #exchangeCode(
    pool: UserPool,
    client: ClientSettings,
    form: URLSearchParams,
  ): Promise<OAuthError | object> {
    const [code, redirectUri, verifier] = ["code", "redirect_uri", "code_verifier"].map((name) =>
      form.get(name),
    );
    if (!client.AllowedOAuthFlows?.includes("code")) return "unauthorized_client";
    if (!code || !redirectUri) return "invalid_request";
    // Whatever becomes of it, the code is used.
    const grant = this.#codes.take(code);
    if (grant?.signIn.clientId !== client.ClientId) return "invalid_grant";
    const { codeChallenge, nonce } = grant.request;
    if (grant.request.redirectUri !== redirectUri) return "invalid_grant";
    if (codeChallenge !== (verifier ? sha256(verifier) : undefined)) return "invalid_grant";
    const issued = await this.#issue(pool, client, grant, nonce);
    if (!issued) return "invalid_grant";
    const { signIn, scopes } = grant;
    return {
      ...issued,
      refresh_token: this.#refreshTokens.put({ signIn, scopes }, lifetime(client, "refresh")),
    };
  }

  /** The answer holds no refresh token: the old one stays valid. */
  async #refresh(
    pool: UserPool,
    client: ClientSettings,
    form: URLSearchParams,
  ): Promise<OAuthError | object> {
    const refreshToken = form.get("refresh_token");
    if (!refreshToken) return "invalid_request";
    const grant = this.#refreshTokens.get(refreshToken);
    if (grant?.signIn.clientId !== client.ClientId) return "invalid_grant";
    return (await this.#issue(pool, client, grant, undefined)) ?? "invalid_grant";
  }

  async #issue(
    pool: UserPool,
    client: ClientSettings,
    { signIn, scopes }: Grant,
    nonce: string | undefined,
  ): Promise<object | undefined> {
    const fresh = await this.#options.users.tokens(pool, client, signIn);
    if (!fresh) return undefined;
    const { tokens } = this.#options;
    const auth_time = signIn.authTime;
    const access = { auth_time, version: 2, scope: scopes.join(" ") };
    const access_token = await tokens.reissue(fresh.AccessToken, "access", client, access);
    const id = { auth_time, at_hash: leftHalfOfHash(access_token), ...(nonce !== undefined && { nonce }) };
    return {
      access_token,
      ...(scopes.includes("openid") && {
        id_token: await tokens.reissue(fresh.IdToken, "id", client, id),
      }),
      token_type: "Bearer",
      expires_in: lifetime(client, "access"),
    };
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** `at_hash` of OpenID Connect, for tokens that are signed with RS256. */
function leftHalfOfHash(token: string): string {
  return createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");
}
