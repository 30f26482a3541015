import { headerOf, methodArnOf, type ApiRequest } from "./api-request";
import type { Route } from "./routing";

/** Context values of an authorizer's output, which API Gateway passes on as strings. */
export type AuthorizerContextValues = Readonly<Record<string, string>>;

/**
 * Event of a REQUEST authorizer.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function requestAuthorizerEvent(request: ApiRequest, route: Route): object {
  return {
    type: "REQUEST",
    methodArn: methodArnOf(request),
    resource: route.resource.path,
    path: request.path,
    httpMethod: request.httpMethod,
    ...headersOf(request),
    queryStringParameters: singleQuery(request.query),
    multiValueQueryStringParameters: multiQuery(request.query),
    pathParameters: route.pathParameters,
    stageVariables: request.stage.variables,
    requestContext: requestContext(request, route),
  };
}

/** Event of a TOKEN authorizer. */
export function tokenAuthorizerEvent(request: ApiRequest, token: string): object {
  return { type: "TOKEN", methodArn: methodArnOf(request), authorizationToken: token };
}

/**
 * Event of a Lambda proxy integration.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(
  request: ApiRequest,
  route: Route,
  authorizer: AuthorizerContextValues | undefined,
): object {
  const binary = isBinary(request);
  return {
    resource: route.resource.path,
    path: request.path,
    httpMethod: request.httpMethod,
    ...headersOf(request),
    queryStringParameters: nullIfEmpty(singleQuery(request.query)),
    multiValueQueryStringParameters: nullIfEmpty(multiQuery(request.query)),
    pathParameters: nullIfEmpty(route.pathParameters),
    stageVariables: nullIfEmpty(request.stage.variables),
    requestContext: { ...requestContext(request, route), ...(authorizer && { authorizer }) },
    body: request.body.length === 0 ? null : request.body.toString(binary ? "base64" : "utf8"),
    isBase64Encoded: binary,
  };
}

function requestContext(request: ApiRequest, { resource }: Route): object {
  const { snapshot, stage, endpoint } = request;
  return {
    accountId: snapshot.account,
    apiId: snapshot.apiId,
    deploymentId: snapshot.deploymentId,
    domainName: request.domainName,
    domainPrefix: snapshot.apiId,
    extendedRequestId: extendedRequestIdOf(request),
    httpMethod: request.httpMethod,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerOf(request, "user-agent") ?? null,
      userArn: null,
      ...(endpoint && { vpcId: endpoint.vpcId, vpceId: endpoint.vpcEndpointId }),
    },
    path: `/${stage.name}${request.path}`,
    protocol: "HTTP/1.1",
    requestId: request.requestId,
    requestTime: logTime(request.time),
    requestTimeEpoch: request.time,
    resourceId: resource.id,
    resourcePath: resource.path,
    stage: stage.name,
  };
}

/** API Gateway's extended request id, which is shorter and in base64. */
export function extendedRequestIdOf({ requestId }: ApiRequest): string {
  return Buffer.from(requestId.replaceAll("-", ""), "hex").toString("base64").slice(0, 15) + "=";
}

/** `09/Apr/2026:12:34:56 +0000`. */
export function logTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(" ");
  return `${day ?? ""}/${month ?? ""}/${year ?? ""}:${clock ?? ""} +0000`;
}

function headersOf({ headers }: ApiRequest): object {
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  };
}

/** When a name is given twice, the last value counts. */
function singleQuery(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(query);
}

function multiQuery(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
}

function nullIfEmpty<Fields extends object>(fields: Fields): Fields | null {
  return Object.keys(fields).length === 0 ? null : fields;
}

function isBinary(request: ApiRequest): boolean {
  const contentType = headerOf(request, "content-type")?.split(";")[0];
  return request.snapshot.binaryMediaTypes.some((type) => type === "*/*" || type === contentType);
}
