import type { PresignedStudioUrl } from "@studio-access/shared-types";
import type { APIGatewayProxyResult } from "aws-lambda";
import Negotiator from "negotiator";
import { withDeadline } from "./deadline";
import type { Log } from "./log";
import { presign, type PresignDeps } from "./presign";
import { refusalAnswer, Refused } from "./refusal";

/** The part of API Gateway's proxy event that is read. All of it may be absent: anybody with the right can invoke us. */
export interface PresignEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly requestContext?: {
    readonly requestId?: string;
    readonly authorizer?: Readonly<Record<string, unknown>> | null;
  };
}

/** The part of Lambda's context that is read. */
export interface PresignContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface HandlerDeps extends PresignDeps {
  readonly log: Log;
  /** Milliseconds within which a request is answered, whatever hangs. */
  readonly deadlineMs: number;
}

export type PresignHandler = (event: PresignEvent, context: PresignContext) => Promise<APIGatewayProxyResult>;

/** Time to write an answer before Lambda would end us without one, in milliseconds. */
const MARGIN_MS = 500;

/** The answer, or what would find it, must stay in no cache and in no Referer header. */
const ALWAYS = { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };

function acceptOf(event: PresignEvent): string | undefined {
  const all = Object.entries({ ...event.headers, ...event.multiValueHeaders });
  const values = all.filter(([name]) => name.toLowerCase() === "accept").map(([, value]) => value);
  return values.length === 0 ? undefined : values.flat().join(", ");
}

/** In the order in which we would give them. Negotiator tells a type with a parameter from the same type without. */
const HTML = "text/html";
const JSON_TYPES = ["application/json", "application/json; charset=utf-8"];

/** A page's script cannot read the Location of a redirect, so it asks for JSON; all others are redirected. */
function wantsJson(event: PresignEvent): boolean {
  const negotiator = new Negotiator({ headers: { accept: acceptOf(event) } });
  const chosen = negotiator.mediaType([HTML, ...JSON_TYPES]);
  return chosen !== undefined && chosen !== HTML;
}

function json(statusCode: number, headers: object, body: object): APIGatewayProxyResult {
  const all = { ...ALWAYS, "Content-Type": "application/json", ...headers };
  return { statusCode, headers: all, body: JSON.stringify(body) };
}

function answer(studio: PresignedStudioUrl, asJson: boolean): APIGatewayProxyResult {
  if (asJson) return json(200, { Vary: "Accept" }, studio);
  return { statusCode: 302, headers: { ...ALWAYS, Vary: "Accept", Location: studio.url }, body: "" };
}

/** Translates between API Gateway and {@link presign}; decides nothing itself. */
export function createHandler(deps: HandlerDeps): PresignHandler {
  return async (event, context) => {
    const started = deps.now();
    const requestId = event.requestContext?.requestId ?? context.awsRequestId;
    const line = (): { requestId: string; milliseconds: number } => ({
      requestId,
      milliseconds: deps.now() - started,
    });
    const request = {
      identity: event.requestContext?.authorizer?.["userName"],
      path: event.pathParameters?.["user_id"],
    };
    try {
      const milliseconds = Math.min(deps.deadlineMs, context.getRemainingTimeInMillis() - MARGIN_MS);
      const studio = await withDeadline(milliseconds, (signal) => presign(request, deps, signal));
      const asJson = wantsJson(event);
      deps.log({ level: "INFO", message: "opened", outcome: asJson ? "answered" : "redirected", ...line() });
      return answer(studio, asJson);
    } catch (error) {
      // An error that is not ours may quote anything, so its message stays here.
      const known = error instanceof Refused ? error : new Refused("upstream_error", "internal_error");
      const refusal = refusalAnswer(known.code, requestId);
      deps.log({
        level: refusal.status >= 500 ? "ERROR" : "WARN",
        message: "refused",
        code: known.code,
        reason: known.reason,
        ...(error === known ? {} : { error: error instanceof Error ? error.name : typeof error }),
        ...line(),
      });
      return json(refusal.status, refusal.headers, refusal.body);
    }
  };
}
