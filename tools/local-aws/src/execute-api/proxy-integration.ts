import { parseFunctionName } from "../lambda-runtime/function-configuration";
import { FunctionMissing, type LambdaRuntime } from "../lambda-runtime/lambda-runtime";
import type { Reply } from "../server/call";
import type { ApiRequest } from "./api-request";
import { proxyEvent, type AuthorizerContextValues } from "./events";
import { GatewayFailure } from "./gateway-response";
import { integrationSourceArn, type InvokePermissions } from "./invoke-permission";
import { functionArnOf, type IntegrationModel } from "./model";
import { readProxyResponse } from "./proxy-response";
import type { Route } from "./routing";

export interface IntegrationOptions {
  readonly runtime: Pick<LambdaRuntime, "invoke">;
  readonly permissions: InvokePermissions;
  readonly report: (line: string) => void;
}

/**
 * Invokes the function of a Lambda proxy integration with a request.
 *
 * @throws {GatewayFailure} API_CONFIGURATION_ERROR, INTEGRATION_TIMEOUT
 */
export async function callIntegration(
  options: IntegrationOptions,
  request: ApiRequest,
  route: Route,
  authorizer: AuthorizerContextValues | undefined,
): Promise<Reply> {
  const { integration } = route.method;
  const { snapshot, stage, httpMethod } = request;
  const functionArn = integration?.type === "AWS_PROXY" ? functionArnOf(integration.uri) : undefined;
  const misconfigured = (reason: string, status = 500): GatewayFailure => {
    options.report(`API ${snapshot.apiId}, ${httpMethod} ${route.resource.path}: ${reason}`);
    return new GatewayFailure("API_CONFIGURATION_ERROR", "Internal server error", status);
  };
  if (!integration || functionArn === undefined)
    throw misconfigured("the local AWS implements Lambda proxy integrations only");
  const sourceArn = integrationSourceArn(snapshot, stage.name, httpMethod, route.resource.path);
  const caller = {
    account: snapshot.account,
    region: snapshot.region,
    sourceArn,
    credentials: integration.credentials,
  };
  if (!(await options.permissions.allows(functionArn, caller)))
    throw misconfigured("API Gateway has no permission to invoke the function");
  const invoked = options.runtime.invoke(
    parseFunctionName(functionArn, caller),
    proxyEvent(request, route, authorizer),
  );
  const { outcome } = await withinTime(invoked, integration).catch((error: unknown) => {
    throw error instanceof FunctionMissing ? misconfigured(error.message) : error;
  });
  if (!outcome.ok) throw misconfigured(`the function failed: ${outcome.error.errorType}`, 502);
  const reply = readProxyResponse(outcome.payload, snapshot.binaryMediaTypes);
  if (!reply) throw misconfigured("the function's response is not a proxy response", 502);
  return reply;
}

async function withinTime<Result>(work: Promise<Result>, { timeoutMs }: IntegrationModel): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new GatewayFailure("INTEGRATION_TIMEOUT", "Endpoint request timed out"));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
