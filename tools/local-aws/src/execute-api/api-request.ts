import { randomUUID } from "node:crypto";

import { ADDRESS_ON_THE_INTERNET } from "@studio-access/network";
import type { EndpointPath } from "../server/call";
import type { HttpRequest } from "../server/parse-call";
import type { PrivateDomain } from "../services/api-gateway/private-domains";
import type { ApiAddress } from "./api-address";
import type { DeployedStage } from "./api-registry";

/** One request to a deployed API, as API Gateway sees it before it looks for a method. */
export interface ApiRequest extends DeployedStage {
  readonly requestId: string;
  readonly httpMethod: string;
  /** Path below the stage, percent-encoded. */
  readonly path: string;
  /** Header names as most clients spell them: `User-Agent`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly domainName: string;
  readonly sourceIp: string;
  /** Endpoint that the request came through; undefined on the public network. */
  readonly endpoint: EndpointPath | undefined;
  /** Policy of that endpoint, JSON text. */
  readonly endpointPolicy: string | undefined;
  /** Private custom domain name that led here. */
  readonly domain?: PrivateDomain;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** The endpoint of a request, with its policy. */
export type RequestEndpoint = Pick<ApiRequest, "endpoint" | "endpointPolicy" | "domain">;

const DROPPED = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "x-apigw-api-id",
]);

export function apiRequestOf(
  request: HttpRequest,
  address: ApiAddress,
  deployed: DeployedStage,
  { endpoint, endpointPolicy, domain }: RequestEndpoint,
  now: number,
): ApiRequest {
  const { apiId, region } = deployed.snapshot;
  const domainName = domain?.name ?? `${apiId}.execute-api.${region}.amazonaws.com`;
  const sourceIp = endpoint?.sourceIp ?? ADDRESS_ON_THE_INTERNET;
  return {
    ...deployed,
    requestId: randomUUID(),
    httpMethod: request.method,
    path: address.path,
    headers: { ...clientHeaders(request.headers), ...gatewayHeaders(domainName, sourceIp, endpoint, now) },
    query: request.url.searchParams,
    body: request.body,
    domainName,
    sourceIp,
    endpoint,
    endpointPolicy,
    ...(domain && { domain }),
    time: now,
  };
}

/** ARN of the requested method, as authorizers and policies see it. */
export function methodArnOf({ snapshot, stage, httpMethod, path }: ApiRequest): string {
  return `arn:aws:execute-api:${snapshot.region}:${snapshot.account}:${snapshot.apiId}/${stage.name}/${httpMethod}${path}`;
}

/** Value of a header, whose name is compared without regard to case. */
export function headerOf(request: ApiRequest, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === lower)?.[1];
}

/**
 * API Gateway passes header names on as the client wrote them. Node has converted them to lower case, so they are written
 * here as HTTP/1.1 clients do: code that reads only `authorization` must fail here as it does in AWS.
 */
function clientHeaders(headers: HttpRequest["headers"]): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || DROPPED.has(name) || name.startsWith("x-local-")) return [];
    return [[titled(name), Array.isArray(value) ? value.join(", ") : value]];
  });
  return Object.fromEntries(entries);
}

function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function gatewayHeaders(
  domainName: string,
  sourceIp: string,
  endpoint: EndpointPath | undefined,
  now: number,
): Record<string, string> {
  const trace = `Root=1-${Math.floor(now / 1000).toString(16)}-${randomUUID().replaceAll("-", "").slice(0, 24)}`;
  return {
    Host: domainName,
    "X-Amzn-Trace-Id": trace,
    "X-Forwarded-For": sourceIp,
    "X-Forwarded-Port": "443",
    "X-Forwarded-Proto": "https",
    ...(endpoint && { "x-amzn-vpc-id": endpoint.vpcId, "x-amzn-vpce-id": endpoint.vpcEndpointId }),
  };
}
