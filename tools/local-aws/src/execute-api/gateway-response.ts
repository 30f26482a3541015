import type { Reply } from "../server/call";
import { fillIn, type ContextVariables } from "./context-variables";
import type { ApiSnapshot, GatewayResponseModel } from "./model";

interface Failure {
  readonly status: number;
  /** Value of x-amzn-errortype. */
  readonly errorType: string;
}

/** API Gateway's own error replies. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
const FAILURES = {
  ACCESS_DENIED: { status: 403, errorType: "AccessDeniedException" },
  API_CONFIGURATION_ERROR: { status: 500, errorType: "InternalServerErrorException" },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: "AuthorizerConfigurationException" },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: "BadRequestException" },
  INTEGRATION_TIMEOUT: { status: 504, errorType: "InternalServerErrorException" },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: "MissingAuthenticationTokenException" },
  UNAUTHORIZED: { status: 401, errorType: "UnauthorizedException" },
} as const satisfies Readonly<Record<string, Failure>>;

export type GatewayResponseType = keyof typeof FAILURES;

/** Ends a request with one of API Gateway's own error replies. */
export class GatewayFailure extends Error {
  override readonly name = "GatewayFailure";
  readonly status: number;

  /**
   * @param detail - message of the reply; null where AWS answers `{"message":null}`
   * @param status - where AWS's status differs from that of the response type
   * @param field - name of the reply's field; a denial by a policy has `Message`
   */
  constructor(
    readonly type: GatewayResponseType,
    readonly detail: string | null,
    status?: number,
    readonly field: "message" | "Message" = "message",
  ) {
    super(detail ?? type);
    this.status = status ?? FAILURES[type].status;
  }
}

/** The reply to a failed request: the deployed response for its type, else for its class, else AWS's default. */
export function gatewayResponse(
  failure: GatewayFailure,
  snapshot: ApiSnapshot,
  variables: ContextVariables,
): Reply {
  const { type, detail, field } = failure;
  const all = new Map(variables);
  all.set("error.responseType", type);
  all.set("error.messageString", JSON.stringify(detail));
  if (detail !== null) all.set("error.message", detail);
  const model = modelFor(failure, snapshot);
  const template = model && templateOf(model);
  const body = template === undefined ? JSON.stringify({ [field]: detail }) : fillIn(template, all, "");
  return {
    status: model?.statusCode ?? failure.status,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": all.get("requestId") ?? "",
      "x-amzn-errortype": FAILURES[type].errorType,
      ...deployedHeaders(model, all),
    },
    body: Buffer.from(body),
  };
}

function modelFor(
  { type, status }: GatewayFailure,
  { gatewayResponses }: ApiSnapshot,
): GatewayResponseModel | undefined {
  return gatewayResponses.get(type) ?? gatewayResponses.get(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
}

function templateOf({ templates }: GatewayResponseModel): string | undefined {
  return templates["application/json"] ?? Object.values(templates)[0];
}

/** `gatewayresponse.header.NAME` to a literal in quotes, or to a context variable. */
function deployedHeaders(
  model: GatewayResponseModel | undefined,
  variables: ContextVariables,
): Record<string, string> {
  const entries = Object.entries(model?.parameters ?? {}).flatMap(([target, source]): [string, string][] => {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
    const value = /^'(.*)'$/.exec(source)?.[1] ?? variables.get(source.replace(/^context\./, ""));
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
  });
  return Object.fromEntries(entries);
}
