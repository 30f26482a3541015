import type { PresignedStudioUrl } from "@studio-access/shared-types";
import type { APIGatewayProxyResult } from "aws-lambda";
import Negotiator from "negotiator";
import { ALWAYS, answer, type AnswerDeps, json, type PresignContext, type Success } from "./answer";
import { userOf } from "./presign-request";
import { presign, type PresignDeps } from "./presign";

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

export type HandlerDeps = PresignDeps & AnswerDeps;

export type PresignHandler = (event: PresignEvent, context: PresignContext) => Promise<APIGatewayProxyResult>;

function acceptOf(event: PresignEvent): string | undefined {
  const all = Object.entries({ ...event.headers, ...event.multiValueHeaders });
  const values = all.filter(([name]) => name.toLowerCase() === "accept").map(([, value]) => value);
  return values.length === 0 ? undefined : values.flat().join(", ");
}

/** In our order of preference. Negotiator tells a type with a parameter from the same type without. */
const HTML = "text/html";
const JSON_TYPES = ["application/json", "application/json; charset=utf-8"];

/** A page's script cannot read the Location of a redirect, so it asks for JSON; all others are redirected. */
function wantsJson(event: PresignEvent): boolean {
  const negotiator = new Negotiator({ headers: { accept: acceptOf(event) } });
  const chosen = negotiator.mediaType([HTML, ...JSON_TYPES]);
  return chosen !== undefined && chosen !== HTML;
}

function studioAnswer(studio: PresignedStudioUrl, asJson: boolean): APIGatewayProxyResult {
  if (asJson) return json(200, { Vary: "Accept" }, studio);
  return { statusCode: 302, headers: { ...ALWAYS, Vary: "Accept", Location: studio.url }, body: "" };
}

/** Translates between API Gateway and {@link presign}; decides nothing itself. */
export function createHandler(deps: HandlerDeps): PresignHandler {
  return (sent, context) => {
    // Whoever may invoke the function can send anything.
    const event = (sent as PresignEvent | null | undefined) ?? {};
    const requestId = event.requestContext?.requestId ?? context.awsRequestId;
    const run = async (signal: AbortSignal): Promise<Success> => {
      const { userName: identity, groups, groupsRefused } = event.requestContext?.authorizer ?? {};
      const user = userOf({ identity, path: event.pathParameters?.["user_id"], groups, groupsRefused });
      const studio = await presign(user, deps, signal);
      const asJson = wantsJson(event);
      return { outcome: asJson ? "answered" : "redirected", answer: studioAnswer(studio, asJson) };
    };
    return answer({ requestId, context, run }, deps);
  };
}
