import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Provider as OidcProvider } from "oidc-provider";

import type { TestKey } from "./issuer";

/** An OpenID Connect provider that runs on a loopback port. */
export interface RunningProvider {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
  readonly audience: string;
  /** Signs the user in with code and PKCE, as a browser does. */
  signIn(user: string): Promise<{ readonly accessToken: string; readonly idToken: string }>;
  /** From now on this user has a session, as a browser finds it. */
  signedInAs(user: string): void;
  close(): Promise<void>;
}

const CLIENT = "studio-client";
const AUDIENCE = "https://studio.example.com/api";
const REDIRECT = "https://studio.example.com/callback";
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/** SHA-256 of {@link VERIFIER}. Source: RFC 7636, appendix B */
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/** npm's `oidc-provider`: access tokens for the API are JWTs by RFC 9068, and the user name is a claim of both tokens. */
export async function startProvider(
  { kid, privateKey }: TestKey,
  redirectUri = REDIRECT,
): Promise<RunningProvider> {
  // It warns while it is loaded, so whoever asks for it can be prepared.
  const { Provider } = await import("oidc-provider");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: OidcProvider = new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256", kty: "RSA" }] },
    cookies: { keys: ["only-for-this-test"] },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 60, Session: 300 },
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code"],
        response_types: ["code"],
        redirect_uris: [redirectUri],
      },
    ],
    claims: { openid: ["sub", "preferred_username"] },
    // A page may exchange its code.
    clientBasedCORS: () => true,
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "studio.open",
          audience: AUDIENCE,
          accessTokenFormat: "jwt",
          accessTokenTTL: 300,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    extraTokenClaims: (_context, token) => ({
      preferred_username: "accountId" in token ? token.accountId : undefined,
    }),
    findAccount: (_context, user) => ({
      accountId: user,
      claims: () => ({ sub: user, preferred_username: user }),
    }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    // Consent is given beforehand.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({
        clientId: CLIENT,
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid");
      grant.addResourceScope(AUDIENCE, "studio.open");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  let signsIn = "";
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/"))
      void provider.interactionFinished(request, response, { login: { accountId: signsIn } });
    else void answer(request, response);
  });
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    clientId: CLIENT,
    audience: AUDIENCE,
    signIn: async (user) => {
      signsIn = user;
      return tokensFor(issuer, await codeFrom(issuer));
    },
    signedInAs: (user) => {
      signsIn = user;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Follows the redirects of a sign-in, with the cookies that a browser would keep. */
async function codeFrom(issuer: string): Promise<string> {
  const parameters = new URLSearchParams({
    client_id: CLIENT,
    response_type: "code",
    redirect_uri: REDIRECT,
    scope: "openid studio.open",
    resource: AUDIENCE,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
  });
  const cookies = new Map<string, string>();
  let next = new URL(`/auth?${parameters.toString()}`, issuer);
  while (next.origin === issuer) {
    const response = await fetch(next, {
      redirect: "manual",
      headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";", 1)[0]?.split("=") ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`the sign-in ended with ${response.status}`);
    next = new URL(location, issuer);
  }
  return next.searchParams.get("code") ?? "";
}

async function tokensFor(
  issuer: string,
  code: string,
): Promise<{ readonly accessToken: string; readonly idToken: string }> {
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    body: new URLSearchParams({
      client_id: CLIENT,
      grant_type: "authorization_code",
      redirect_uri: REDIRECT,
      code,
      code_verifier: VERIFIER,
    }),
  });
  const { access_token: accessToken = "", id_token: idToken = "" } = (await response.json()) as Partial<
    Record<string, string>
  >;
  return { accessToken, idToken };
}
