import { REFUSAL_STATUS, type RefusalCode } from "@studio-access/shared-types";

export interface GatewayResponse {
  readonly id: string;
  readonly responseType: string;
  readonly statusCode?: string;
  readonly responseParameters: Record<string, string>;
  readonly responseTemplates: Record<string, string>;
}

/**
 * The responses that API Gateway gives by itself, in the shape of the function's refusals. Their ids and messages never
 * hold input.
 */
export function gatewayResponses(): readonly GatewayResponse[] {
  return [
    refusal(
      "Unauthorized",
      "UNAUTHORIZED",
      "unauthorized",
      "Sign in: the access token is missing or does not hold.",
    ),
    refusal("AccessDenied", "ACCESS_DENIED", "forbidden", "This is not yours, or it does not exist."),
    refusal(
      "UnknownPath",
      "MISSING_AUTHENTICATION_TOKEN",
      "forbidden",
      "This is not yours, or it does not exist.",
    ),
    refusal("Throttled", "THROTTLED", "throttled", "Too many requests: try again in a moment."),
    refusal("IntegrationTimeout", "INTEGRATION_TIMEOUT", "upstream_timeout", "No answer in time: try again."),
    refusal(
      "IntegrationFailure",
      "INTEGRATION_FAILURE",
      "upstream_error",
      "Something of ours failed: try again.",
    ),
    // Other failures keep API Gateway's own status: 500 when the authorizer fails.
    response("Failure", "DEFAULT_5XX", "upstream_error", "Something of ours failed: try again."),
  ];
}

function refusal(id: string, responseType: string, code: RefusalCode, message: string): GatewayResponse {
  return { ...response(id, responseType, code, message), statusCode: String(REFUSAL_STATUS[code]) };
}

function response(id: string, responseType: string, code: RefusalCode, message: string): GatewayResponse {
  return {
    id: `Response-${id}`,
    responseType,
    responseParameters: { "gatewayresponse.header.Cache-Control": "'no-store'" },
    responseTemplates: {
      // Terraform sees `$context`, not `${…}`: no escape is needed.
      "application/json": `{"code":"${code}","message":"${message}","requestId":"$context.requestId"}`,
    },
  };
}
