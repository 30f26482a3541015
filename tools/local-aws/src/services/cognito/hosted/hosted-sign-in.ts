import { randomBytes } from "node:crypto";

import type { Moto, Reply } from "../../../server/call";
import type { HttpRequest } from "../../../server/parse-call";
import type { PoolDirectory, UserPool } from "../pool-directory";
import type { TokenIssuer } from "../token-issuer";
import {
  checkAuthorizationRequest,
  withParameters,
  type AuthorizationRequest,
} from "./authorization-request";
import { ExpiringStore } from "./expiring-store";
import { errorPage, newPasswordForm, passwordForm } from "./pages";
import { PoolSignIn, type Verdict } from "./pool-sign-in";
import { TokenEndpoint, type SignIn } from "./token-endpoint";

/** Seconds that the cookie of a sign-in is valid: https://repost.aws/knowledge-center/cognito-logout-endpoint-globalsignoutapi */
const SESSION_SECONDS = 3600;
/** Default of AuthSessionValidity. */
const CHALLENGE_SECONDS = 180;

const SESSION_COOKIE = "cognito";

export interface HostedSignInOptions {
  readonly moto: Pick<Moto, "forward">;
  readonly directory: PoolDirectory;
  readonly tokens: TokenIssuer;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * Cognito's hosted sign-in: the authorization server and the pages at a pool's domain.
 *
 * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html
 */
export class HostedSignIn {
  readonly #directory: PoolDirectory;
  readonly #clock: () => number;
  readonly #users: PoolSignIn;
  readonly #tokenEndpoint: TokenEndpoint;
  readonly #sessions: ExpiringStore<SignIn>;
  readonly #challenges: ExpiringStore<{ readonly session: string; readonly userName: string }>;

  constructor(options: HostedSignInOptions) {
    const { moto, directory, clock } = options;
    this.#directory = directory;
    this.#clock = clock;
    this.#users = new PoolSignIn(moto);
    this.#tokenEndpoint = new TokenEndpoint({ ...options, users: this.#users });
    this.#sessions = new ExpiringStore(clock);
    this.#challenges = new ExpiringStore(clock);
  }

  /** Answers a request to the domain of a pool. */
  async handle(pool: UserPool, request: HttpRequest): Promise<Reply> {
    switch (`${request.method} ${request.url.pathname}`) {
      case "GET /oauth2/authorize":
      case "GET /login":
        return this.#authorize(pool, request);
      case "POST /login":
        return await this.#signIn(pool, request);
      case "GET /logout":
        return this.#signOut(pool, request);
      case "GET /error":
        return errorPage(request.url.searchParams.get("error") ?? "");
      case "POST /oauth2/token":
      case "OPTIONS /oauth2/token":
        return await this.#tokenEndpoint.handle(pool, request);
      default:
        return errorPage(`The local AWS has no ${request.method} ${request.url.pathname} here.`, 404);
    }
  }

  #authorize(pool: UserPool, request: HttpRequest): Reply {
    const { searchParams, search, pathname } = request.url;
    const checked = checkAuthorizationRequest(searchParams, pool, this.#directory);
    if (checked.kind === "error_page") return this.#toErrorPage(checked.error, searchParams);
    if (checked.kind === "redirect") return redirect(checked.location);
    const signIn = this.#sessions.get(cookie(request, SESSION_COOKIE));
    // A session is its client's alone, since moto's refresh tokens are. Cognito's is the pool's.
    if (signIn?.clientId === checked.request.client.ClientId) return this.#withCode(checked.request, signIn);
    if (pathname !== "/login") return redirect(`/login${search}`);
    // The same for all tabs, whose forms share the cookie.
    const csrf = cookie(request, "XSRF-TOKEN") || randomBytes(24).toString("base64url");
    return passwordForm(checked.request, { query: search, csrf });
  }

  async #signIn(pool: UserPool, request: HttpRequest): Promise<Reply> {
    const { searchParams, search } = request.url;
    const checked = checkAuthorizationRequest(searchParams, pool, this.#directory);
    if (checked.kind === "error_page") return this.#toErrorPage(checked.error, searchParams);
    if (checked.kind === "redirect") return redirect(checked.location);
    const form = new URLSearchParams(request.body.toString());
    const csrf = cookie(request, "XSRF-TOKEN");
    if (csrf === "" || form.get("_csrf") !== csrf) return errorPage("The form is not of this page.", 403);
    const { client } = checked.request;
    const field = (name: string): string => form.get(name) ?? "";
    const userName = field("username");
    const challenge = this.#challenges.take(field("challenge"));
    const verdict = challenge
      ? await this.#users.withNewPassword(pool, client, challenge, field("new_password"))
      : await this.#users.withPassword(pool, client, userName, field("password"));
    return this.#afterVerdict(checked.request, verdict, { query: search, csrf }, challenge ?? { userName });
  }

  #afterVerdict(
    request: AuthorizationRequest,
    verdict: Verdict,
    parts: { readonly query: string; readonly csrf: string },
    tried: { readonly userName: string; readonly session?: string },
  ): Reply {
    if (verdict.kind === "signed_in") {
      const { refreshToken, userName } = verdict;
      const authTime = Math.floor(this.#clock() / 1000);
      const signIn = { clientId: request.client.ClientId, refreshToken, userName, authTime };
      const id = this.#sessions.put(signIn, SESSION_SECONDS);
      return this.#withCode(request, signIn, `${SESSION_COOKIE}=${id}; Max-Age=${SESSION_SECONDS}`);
    }
    const { userName } = tried;
    const message = verdict.kind === "refused" ? { message: verdict.message } : {};
    const session = verdict.kind === "new_password_required" ? verdict.session : tried.session;
    if (session === undefined) return passwordForm(request, { ...parts, ...message });
    const challenge = this.#challenges.put({ session, userName }, CHALLENGE_SECONDS);
    return newPasswordForm(request, { ...parts, ...message }, challenge);
  }

  #withCode(request: AuthorizationRequest, signIn: SignIn, sessionCookie?: string): Reply {
    const code = this.#tokenEndpoint.newCode(request, signIn);
    const { redirectUri, state } = request;
    return redirect(withParameters(redirectUri, { code, state }), sessionCookie);
  }

  /** Ends the session, and goes to a page of the client or to another sign-in. */
  #signOut(pool: UserPool, request: HttpRequest): Reply {
    this.#sessions.delete(cookie(request, SESSION_COOKIE));
    const { searchParams, search } = request.url;
    const ended = `${SESSION_COOKIE}=; Max-Age=0`;
    const client = this.#directory.client(searchParams.get("client_id") ?? "");
    if (client?.UserPoolId !== pool.id) return this.#toErrorPage("invalid_client", searchParams, ended);
    const logoutUri = searchParams.get("logout_uri");
    if (logoutUri === null) return redirect(`/login${search}`, ended);
    return client.LogoutURLs?.includes(logoutUri)
      ? redirect(logoutUri, ended)
      : this.#toErrorPage("redirect_mismatch", searchParams, ended);
  }

  #toErrorPage(error: string, parameters: URLSearchParams, sessionCookie?: string): Reply {
    const query = new URLSearchParams({ error, client_id: parameters.get("client_id") ?? "" });
    return redirect(`/error?${query.toString()}`, sessionCookie);
  }
}

function redirect(location: string, sessionCookie?: string): Reply {
  const headers = {
    location,
    "cache-control": "no-store",
    ...(sessionCookie !== undefined && {
      "set-cookie": `${sessionCookie}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    }),
  };
  return { status: 302, headers, body: Buffer.alloc(0) };
}

function cookie({ headers }: HttpRequest, name: string): string {
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(headers.cookie ?? "")?.[1] ?? "";
}
