import type { LogDelivery } from "../lambda-runtime/log-delivery";
import { extendedRequestIdOf, logTime } from "./events";
import { headerOf, type ApiRequest } from "./api-request";
import { fillIn, type ContextVariables } from "./context-variables";

const STREAM = "local-aws";

/** The `$context` variables that are known before the request is answered. */
export function requestVariables(request: ApiRequest): Map<string, string> {
  const { snapshot, stage, endpoint } = request;
  return new Map([
    ["accountId", snapshot.account],
    ["apiId", snapshot.apiId],
    ["deploymentId", snapshot.deploymentId],
    ["domainName", request.domainName],
    ["domainPrefix", snapshot.apiId],
    ["extendedRequestId", extendedRequestIdOf(request)],
    ["httpMethod", request.httpMethod],
    ["identity.sourceIp", request.sourceIp],
    ["identity.userAgent", headerOf(request, "user-agent") ?? "-"],
    ...(endpoint
      ? ([
          ["identity.vpceId", endpoint.vpcEndpointId],
          ["identity.vpcId", endpoint.vpcId],
        ] as const)
      : []),
    ["path", `/${stage.name}${request.path}`],
    ["protocol", "HTTP/1.1"],
    ["requestId", request.requestId],
    ["requestTime", logTime(request.time)],
    ["requestTimeEpoch", String(request.time)],
    ["stage", stage.name],
  ]);
}

/** Writes the stage's access log line in the deployed format. A variable without a value is written as `-`. */
export function writeAccessLog(
  delivery: Pick<LogDelivery, "put">,
  request: ApiRequest,
  variables: ContextVariables,
): void {
  const { accessLog } = request.stage;
  const [, , , region, account, , group] = accessLog?.destinationArn.split(":") ?? [];
  if (!accessLog || !region || !account || !group) return;
  delivery.put({ account, region, group, stream: STREAM }, fillIn(accessLog.format, variables, "-"));
}
