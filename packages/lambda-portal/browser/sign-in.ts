import { isProviderAddress } from "@studio-access/shared-types";
import * as oauth from "oauth4webapi";

import type { PageSettings } from "./page-settings";
import { Problem, type ProblemKind } from "./problem";

/** What a sign-in gives. It is kept in a variable, and nowhere else. */
export interface SignedIn {
  readonly accessToken: string;
  readonly idToken: string;
  /** What to call the person. */
  readonly displayName: string | undefined;
  /** Whether this sign-in followed a token that the API did not accept. */
  readonly isSecond: boolean;
}

/** A sign-in that left for the provider. */
interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly isSecond: boolean;
}

/** Survives the way to the provider and back, in this tab. */
const PENDING = "studio-access.sign-in";
const SIGNED_OUT = "studio-access.signed-out";

const TIMEOUT_MS = 15_000;
/** How far this device's clock may be off. */
const CLOCK_TOLERANCE_SECONDS = 120;

/** The page's own address, as the provider knows it. */
export function pageAddress(): string {
  return (location.origin + location.pathname).replace(/\/$/, "");
}

/** Leaves for the provider. `replace` takes this page out of the history: going back would only lead here again. */
export async function beginSignIn(
  settings: PageSettings,
  { isSecond, replace }: { readonly isSecond: boolean; readonly replace: boolean },
): Promise<void> {
  const server = await serverOf(settings);
  const pending: Pending = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    isSecond,
  };
  const url = addressOf(server.authorization_endpoint);
  const parameters = {
    ...settings.authorizationParameters,
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: pageAddress(),
    scope: settings.scopes.join(" "),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  sessionStorage.removeItem(SIGNED_OUT);
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  if (replace) location.replace(url);
  else location.assign(url);
}

/** Whether this address is the provider's answer. */
export function isReturn(parameters: URLSearchParams): boolean {
  return ["code", "error", "state"].some((name) => parameters.has(name));
}

/**
 * Takes the provider's answer: it has to be for the sign-in that this tab began, and from the configured issuer. The
 * state decides first, so a forged answer reaches neither the provider nor a person's eyes.
 *
 * @throws {Problem}
 */
export async function finishSignIn(settings: PageSettings, parameters: URLSearchParams): Promise<SignedIn> {
  const pending = takePending();
  if (!isOurs(pending, parameters)) {
    throw new Problem("sign_in_unknown");
  }
  const server = await serverOf(settings);
  const client: oauth.Client = {
    client_id: settings.clientId,
    [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
  };
  try {
    const answer = oauth.validateAuthResponse(server, client, parameters, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      answer,
      pageAddress(),
      pending.verifier,
      requestOptions(server.token_endpoint),
    );
    const expected = { expectedNonce: pending.nonce, requireIdToken: true };
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    return {
      accessToken: tokens.access_token,
      idToken: tokens.id_token ?? "",
      displayName: [claims?.["name"], claims?.["email"]].find((value) => typeof value === "string"),
      isSecond: pending.isSecond,
    };
  } catch (error) {
    throw problemOf(error);
  }
}

/** Ends our session, and the provider's if it has an address for that; then the provider leads back here. */
export async function signOut(settings: PageSettings, idToken: string | undefined): Promise<"left" | "here"> {
  sessionStorage.removeItem(PENDING);
  sessionStorage.setItem(SIGNED_OUT, "yes");
  // Without metadata there is no such address, and we can still forget our part.
  const server = await serverOf(settings).catch(() => undefined);
  if (server?.end_session_endpoint === undefined) return "here";
  const url = addressOf(server.end_session_endpoint);
  url.searchParams.set("client_id", settings.clientId);
  if (new URL(settings.issuer).hostname.startsWith("cognito-idp.")) {
    // https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
    url.searchParams.set("logout_uri", pageAddress());
  } else {
    // https://openid.net/specs/openid-connect-rpinitiated-1_0.html
    url.searchParams.set("post_logout_redirect_uri", pageAddress());
    if (idToken !== undefined) url.searchParams.set("id_token_hint", idToken);
  }
  location.replace(url);
  return "left";
}

/** Whether the person signed out in this tab, and did not sign in since. */
export function isSignedOut(): boolean {
  return sessionStorage.getItem(SIGNED_OUT) !== null;
}

function isOurs(pending: Pending | undefined, parameters: URLSearchParams): pending is Pending {
  return pending?.state === parameters.get("state");
}

/** Once: an answer that comes a second time finds nothing. */
function takePending(): Pending | undefined {
  const text = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  return text === null ? undefined : (JSON.parse(text) as Pending);
}

async function serverOf({ issuer, endpoints }: PageSettings): Promise<oauth.AuthorizationServer> {
  if (endpoints !== undefined) {
    const { authorization, token, endSession } = endpoints;
    const server = { issuer, authorization_endpoint: authorization, token_endpoint: token };
    return endSession === undefined ? server : { ...server, end_session_endpoint: endSession };
  }
  try {
    const response = await oauth.discoveryRequest(new URL(issuer), requestOptions(issuer));
    // The tokens' issuer is the configured one, character by character.
    return { ...(await oauth.processDiscoveryResponse(new URL(issuer), response)), issuer };
  } catch (error) {
    throw problemOf(error);
  }
}

function requestOptions(address: string | undefined) {
  return {
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Marked only to be noticed. http stays on this machine.
    [oauth.allowInsecureRequests]: addressOf(address).protocol === "http:",
  };
}

/** An address of the provider's: metadata may lead neither to http nor to a script. */
function addressOf(address: string | undefined): URL {
  if (!isProviderAddress(address)) throw new Problem("sign_in_misconfigured", { code: "metadata" });
  return new URL(address);
}

/** The errors of RFC 6749 (4.1.2.1, 5.2) and of OpenID Connect (3.1.2.6) that a person can do something about. */
const BY_ERROR: Readonly<Record<string, ProblemKind>> = {
  access_denied: "sign_in_refused",
  login_required: "sign_in_refused",
  consent_required: "sign_in_refused",
  interaction_required: "sign_in_refused",
  account_selection_required: "sign_in_refused",
  server_error: "provider_unreachable",
  temporarily_unavailable: "provider_unreachable",
  invalid_grant: "sign_in_expired",
};

/** The library's errors by what a person can do. Their messages stay out: they may quote tokens. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    // Whatever a provider may write here, only a code is shown.
    const code = /^\w{1,40}$/.test(error.error) ? error.error : "error";
    return new Problem(BY_ERROR[code] ?? "sign_in_misconfigured", { code });
  }
  if (error instanceof oauth.OperationProcessingError) {
    if (error.code === oauth.JWT_TIMESTAMP_CHECK) return new Problem("clock_wrong");
    if (error.code === oauth.RESPONSE_IS_NOT_CONFORM) return new Problem("provider_unreachable");
    return new Problem("tokens_unexpected");
  }
  return new Problem(navigator.onLine ? "provider_unreachable" : "offline");
}
