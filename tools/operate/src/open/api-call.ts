import {
  DOMAIN_ID_PATTERN,
  type PresignedStudioUrl,
  PROFILE_WAIT_MS,
  REFUSAL_CODES,
  type Refusal,
  retryAfterSeconds,
} from "@studio-access/shared-types";

import { tokenHints } from "./access-token";
import type { Addresses } from "./addresses";
import { type Explanation, gatewayExplanation, REFUSALS } from "./explanation";
import { OpenFailed } from "./failure";
import { type Lookup, networkAdvice } from "./network-check";

export interface ApiCall {
  readonly addresses: Addresses;
  readonly region: string;
  /** Name of the user's profile. */
  readonly user: string;
  /** Access token: a secret. */
  readonly token: string;
}

export interface ApiCallDeps {
  readonly fetch: typeof fetch;
  readonly lookup: Lookup;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds to wait for an answer. API Gateway itself gives up after 29 seconds. */
  readonly timeoutMs: number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Says what is waited for. */
  readonly note: (text: string) => void;
}

/** Requests the user's Studio URL from the API, and waits while their profile is being made. @throws {OpenFailed} */
export async function askForStudio(call: ApiCall, deps: ApiCallDeps): Promise<PresignedStudioUrl> {
  const began = deps.now();
  for (let attempt = 1; ; attempt++) {
    const response = await send(call, deps);
    const body = parsed(await response.text());
    if (response.status === 200) return studioOf(response, body, call);
    const pauseMs = retryAfterSeconds(response.headers.get("retry-after")) * 1000;
    const waitedMs = deps.now() - began;
    const isPending = (body as Partial<Refusal>).code === "profile_pending";
    if (!isPending || waitedMs + pauseMs > PROFILE_WAIT_MS)
      throw new OpenFailed(await refusalText(response, body, call, deps));
    deps.note(
      attempt === 1
        ? "Your user profile is being made. This happens once, and takes about a minute."
        : `Still being made, after ${Math.round(waitedMs / 1000)} seconds.`,
    );
    await deps.wait(pauseMs);
  }
}

function studioOf(response: Response, body: object, { region }: ApiCall): PresignedStudioUrl {
  const { url, expiresAt } = body as Partial<PresignedStudioUrl>;
  if (typeof url !== "string" || typeof expiresAt !== "string" || !isStudio(url, region)) {
    throw new OpenFailed(`The API answered with no Studio URL (request ${requestIdOf(response, body)}).`);
  }
  return { url, expiresAt };
}

async function send({ addresses, user, token }: ApiCall, deps: ApiCallDeps): Promise<Response> {
  try {
    return await deps.fetch(`${addresses.api}/${encodeURIComponent(user)}`, {
      headers: { accept: "application/json", authorization: `Bearer ${token}` },
      redirect: "manual",
      signal: AbortSignal.timeout(deps.timeoutMs),
    });
  } catch (error) {
    const host = new URL(addresses.api).hostname;
    const what = `The API cannot be reached at ${host} (${causeOf(error)}).`;
    const advice = addresses.isLocal
      ? "Is the local AWS up? `npm start` starts it; then read its env.sh again."
      : await networkAdvice(host, deps.lookup);
    throw new OpenFailed(`${what}\n${advice}`);
  }
}

/** The system's error code, such as ENOTFOUND; fetch keeps it in the error's cause. */
function causeOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: { readonly code?: unknown } };
  if (typeof cause?.code === "string") return cause.code;
  return name === "TimeoutError" ? "no answer in time" : "connection failed";
}

async function refusalText(
  response: Response,
  body: object,
  call: ApiCall,
  deps: ApiCallDeps,
): Promise<string> {
  const { code } = body as Partial<Refusal>;
  const known = REFUSAL_CODES.find((each) => each === code);
  const { means, remedy, network }: Explanation =
    known === undefined ? gatewayExplanation(response.status) : REFUSALS[known];
  const lines = [`The API answered ${response.status}${known === undefined ? "" : ` ${known}`}.`, means];
  if (response.status === 401 || response.status === 403) {
    lines.push(...tokenHints(call.token, call.user, deps.now()));
  }
  lines.push(remedy);
  if (network && !call.addresses.isLocal) {
    lines.push(await networkAdvice(new URL(call.addresses.api).hostname, deps.lookup));
  }
  lines.push(`Request id: ${requestIdOf(response, body)}`);
  return lines.join("\n");
}

/** The functions write the request id into the body; a response that API Gateway makes itself has it in a header. */
function requestIdOf({ headers }: Response, body: object): string {
  const { requestId } = body as Partial<Refusal>;
  const given = requestId ?? headers.get("x-amzn-requestid") ?? headers.get("x-amz-apigw-id") ?? "";
  return /^[\w+/-]{1,80}={0,2}$/.test(given) ? given : "unknown";
}

/** Only Studio's pages are opened, whatever URL the API returns. */
function isStudio(url: string, region: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  const suffix = `.studio.${region}.sagemaker.aws`;
  const isHost = host.endsWith(suffix) && DOMAIN_ID_PATTERN.test(host.slice(0, -suffix.length));
  return protocol === "https:" && isHost && username === "" && password === "";
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
