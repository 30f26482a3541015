import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { authorize, type AuthorizeDeps } from "./authorize";
import { AccessDenied } from "./denial";
import { JwksUnavailable } from "./jwks-request";
import type { Log } from "./log";
import { ownPathPolicy } from "./policy";

export interface HandlerDeps extends AuthorizeDeps {
  readonly log: Log;
}

export type Authorizer = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

type Headers = Readonly<Record<string, unknown>> | null | undefined;

/** REST APIs hand on names as the client spelt them. */
function valuesOf(headers: Headers, name: string): string[] {
  return Object.entries(headers ?? {})
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value)
    .filter((value) => typeof value === "string");
}

/** `headers` keeps the last of repeated values; only `multiValueHeaders` shows that there were more. */
function credentialsOf(event: APIGatewayRequestAuthorizerEvent): string[] {
  const all = valuesOf(event.multiValueHeaders, "authorization");
  return all.length > 0 ? all : valuesOf(event.headers, "authorization");
}

/** Our outage, without the message of an error that we did not write: it might quote the token. */
function outage(error: unknown): {
  thrown: Error;
  code: "jwks_unavailable" | "internal_error";
  reason: string;
} {
  if (error instanceof JwksUnavailable) return { thrown: error, code: error.code, reason: error.reason };
  const reason = error instanceof Error ? error.name : typeof error;
  const thrown = new Error(`internal error: ${reason}`);
  const frames = error instanceof Error ? (error.stack?.match(/^ {4}at .*$/gm) ?? []) : [];
  thrown.stack = [thrown.message, ...frames].join("\n");
  return { thrown, code: "internal_error", reason };
}

/** Translates between API Gateway and {@link authorize}; decides nothing itself. */
export function createHandler(deps: HandlerDeps): Authorizer {
  return async (event) => {
    // Whoever may invoke the function can send anything.
    const sent = event as Partial<APIGatewayRequestAuthorizerEvent> | null | undefined;
    const requestId = sent?.requestContext?.requestId;
    const about = requestId === undefined ? {} : { requestId };
    try {
      const identity = await authorize(credentialsOf(event), deps);
      const answer = ownPathPolicy(identity, event.methodArn);
      deps.log({ level: "INFO", message: "allowed", code: "own_path_allowed", ...about, decision: "allow" });
      return answer;
    } catch (error) {
      if (error instanceof AccessDenied) {
        deps.log({ level: "WARN", message: "denied", code: error.code, ...about, decision: "deny" });
        throw new Error("Unauthorized", { cause: error }); // the exact word that API Gateway turns into a 401
      }
      const { thrown, code, reason } = outage(error);
      deps.log({ level: "ERROR", message: "failed", code, ...about, decision: "error", reason });
      throw thrown; // API Gateway answers 500: closed, and loud
    }
  };
}
