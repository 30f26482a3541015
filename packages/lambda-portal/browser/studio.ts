import {
  type PresignedStudioUrl,
  PROFILE_WAIT_MS,
  profileNameOf,
  REFUSAL_CODES,
  type Refusal,
  retryAfterSeconds,
} from "@studio-access/shared-types";

import { Problem, type Reference } from "./problem";

/** Longer than API Gateway waits for an answer. */
const TIMEOUT_MS = 35_000;

/**
 * The name in the API's path, from what the access token calls the person. Nothing is verified: the API judges the token
 * itself, and a wrong name only gets refused.
 *
 * @throws {Problem} where there is no such name
 */
export function userNameOf(accessToken: string, claim: string): string {
  const name = claimsOf(accessToken)?.[claim];
  const profile = typeof name === "string" ? profileNameOf(name) : undefined;
  if (profile === undefined) throw new Problem("user_name_unusable");
  return profile;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

/**
 * The URL as the browser reads it, if it leads into Studio: `studio` is Studio's origin, with `DOMAIN` in place of the
 * domain's id. A redirect to anywhere else would hand our people to a stranger.
 *
 * @throws {Problem}
 */
export function studioUrl(text: unknown, studio: string): string {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  const domain = url?.hostname.split(".")[0] ?? "";
  const origin = studio.replace("DOMAIN", domain);
  // The origin of blob:https://… is that of its inner URL, so the text is looked at as well.
  const isStudio =
    /^d-[a-z0-9-]+$/.test(domain) && url?.origin === origin && url.href.startsWith(`${origin}/`);
  if (!isStudio) throw new Problem("url_unexpected");
  return url.href;
}

/** One question to the API. */
export interface StudioRequest {
  readonly address: string;
  readonly accessToken: string;
  /** Told each time when the profile is still being made. */
  readonly onPending: () => void;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/**
 * The URL that opens Studio. Waits while the profile is being made.
 *
 * @throws {Problem} for every refusal
 */
export async function askForStudio(request: StudioRequest): Promise<unknown> {
  const waitUntil = Date.now() + PROFILE_WAIT_MS;
  for (;;) {
    const response = await answerOf(request);
    const body = (await response.json().catch(() => undefined)) as
      Partial<PresignedStudioUrl & Refusal> | null | undefined;
    if (response.status === 200) return body?.url;
    const requestId = body?.requestId ?? response.headers.get("x-amzn-requestid") ?? undefined;
    if (response.status !== 202) throw refusalOf(response.status, body?.code, requestId);
    request.onPending();
    const seconds = retryAfterSeconds(response.headers.get("retry-after"));
    const isOver = Date.now() + seconds * 1000 > waitUntil || !(await hasWaited(seconds, request.signal));
    if (isOver) throw new Problem("profile_pending", referenceOf("profile_pending", requestId));
  }
}

async function answerOf({ address, accessToken }: StudioRequest): Promise<Response> {
  try {
    return await fetch(address, {
      headers: { Accept: "application/json", Authorization: `Bearer ${accessToken}` },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new Problem(navigator.onLine ? "api_unreachable" : "offline");
  }
}

function refusalOf(status: number, code: string | undefined, requestId: string | undefined): Problem {
  const known = REFUSAL_CODES.find((refusal) => refusal === code);
  return new Problem(known ?? "answer_unknown", referenceOf(known ?? `status_${status}`, requestId));
}

function referenceOf(code: string, requestId: string | undefined): Reference {
  return requestId === undefined ? { code } : { code, requestId };
}

/** False when it was told to stop. */
function hasWaited(seconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve(true);
    }, seconds * 1000);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
