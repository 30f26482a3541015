import type { LambdaRuntime } from "../lambda-runtime/lambda-runtime";
import type { LogDelivery } from "../lambda-runtime/log-delivery";
import type { Reply } from "../server/call";
import { checkAccess, checkResourcePolicy } from "./access-decision";
import { requestVariables, writeAccessLog } from "./access-log";
import { headerOf, type ApiRequest } from "./api-request";
import { Authorizers, type Authorized } from "./authorizers";
import { GatewayFailure, gatewayResponse } from "./gateway-response";
import type { InvokePermissions } from "./invoke-permission";
import { callIntegration } from "./proxy-integration";
import { findRoute, type Route } from "./routing";

export interface ApiGatewayOptions {
  readonly runtime: Pick<LambdaRuntime, "invoke">;
  readonly permissions: InvokePermissions;
  readonly delivery: Pick<LogDelivery, "put">;
  readonly report: (line: string) => void;
  readonly clock: () => number;
}

/** Answers requests to deployed REST APIs, with its checks in AWS's order. */
export class ApiGateway {
  readonly #options: ApiGatewayOptions;
  readonly #authorizers: Authorizers;

  constructor(options: ApiGatewayOptions) {
    this.#options = options;
    this.#authorizers = new Authorizers(options);
  }

  async handle(request: ApiRequest): Promise<Reply> {
    const variables = requestVariables(request);
    const reply = await this.#answer(request, variables);
    variables.set("status", String(reply.status));
    variables.set("responseLatency", String(this.#options.clock() - request.time));
    variables.set("responseLength", String(reply.body.length));
    writeAccessLog(this.#options.delivery, request, variables);
    return reply;
  }

  async #answer(request: ApiRequest, variables: Map<string, string>): Promise<Reply> {
    try {
      const reply = await this.#serve(request, variables);
      return { ...reply, headers: { ...reply.headers, "x-amzn-requestid": request.requestId } };
    } catch (error) {
      if (!(error instanceof GatewayFailure)) throw error;
      variables.set("error.responseType", error.type);
      if (error.detail !== null) variables.set("error.message", error.detail);
      return gatewayResponse(error, request.snapshot, variables);
    }
  }

  async #serve(request: ApiRequest, variables: Map<string, string>): Promise<Reply> {
    const route = findRoute(request.snapshot, request.httpMethod, request.path);
    if (!route) throw new GatewayFailure("MISSING_AUTHENTICATION_TOKEN", "Missing Authentication Token");
    variables.set("resourcePath", route.resource.path);
    variables.set("resourceId", route.resource.id);
    checkResourcePolicy(request);
    const authorized = await this.#authorize(request, route, variables);
    checkAccess(request, authorized?.policy);
    requireParameters(request, route);
    const start = this.#options.clock();
    const context = authorized && { ...authorized.context, principalId: authorized.principalId };
    const reply = await callIntegration(this.#options, request, route, context);
    const latency = String(this.#options.clock() - start);
    variables.set("integration.latency", latency);
    variables.set("integrationLatency", latency);
    // This variable is the function's own status; the other integration variables are those of Lambda's Invoke.
    variables.set("integration.status", String(reply.status));
    variables.set("integration.integrationStatus", "200");
    variables.set("integrationStatus", "200");
    return reply;
  }

  async #authorize(
    request: ApiRequest,
    route: Route,
    variables: Map<string, string>,
  ): Promise<Authorized | undefined> {
    const { authorizationType, authorizerId } = route.method;
    if (authorizationType === "NONE") return undefined;
    const authorizer = request.snapshot.authorizers.get(authorizerId ?? "");
    if (authorizationType === "CUSTOM" && authorizer)
      return await this.#authorizers.authorize(request, route, authorizer, variables);
    this.#options.report(
      `API ${request.snapshot.apiId}: the local AWS does not know the authorization ${authorizationType}`,
    );
    throw new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", null);
  }
}

/** @throws {GatewayFailure} BAD_REQUEST_PARAMETERS */
function requireParameters(request: ApiRequest, { method, pathParameters }: Route): void {
  if (!request.snapshot.validators.get(method.validatorId ?? "")?.parameters) return;
  const required = [...method.requestParameters].filter(([, isRequired]) => isRequired).map(([name]) => name);
  const missing = required.filter((name) => {
    const [, , place, ...key] = name.split(".");
    const parameter = key.join(".");
    if (place === "path") return !pathParameters[parameter];
    return place === "querystring" ? !request.query.get(parameter) : !headerOf(request, parameter);
  });
  if (missing.length === 0) return;
  const names = missing.map((name) => name.split(".").slice(3).join("."));
  throw new GatewayFailure(
    "BAD_REQUEST_PARAMETERS",
    `Missing required request parameters: [${names.join(", ")}]`,
  );
}
