import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

import type { AwsCall, EndpointPath } from "./call";
import { readCredential } from "./credential";
import { formOf } from "./form";

/** An HTTP request with its body read. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Finds the account that an access key acts in. */
export interface AccountResolver {
  accountOf(accessKeyId: string | undefined): Promise<string>;
}

/** Region of unsigned calls whose host names none. moto finds Cognito's clients and pools by their ids in any region. */
const UNSIGNED_REGION = "us-east-1";

/** The operation of STS that a token authenticates instead of a signature. */
export const WITH_WEB_IDENTITY = "AssumeRoleWithWebIdentity";

/** First part of X-Amz-Target, for services whose public operations are sent unsigned. */
const PUBLIC_TARGETS: Readonly<Record<string, string>> = { AWSCognitoIdentityProviderService: "cognito-idp" };

/** Public documents of a user pool: its keys, and its OpenID Connect metadata. */
const POOL_DOCUMENT = /\/\.well-known\/(jwks\.json|openid-configuration)$/;

/**
 * Parses a request to an AWS API.
 *
 * @returns undefined when it is neither signed nor one of the public operations
 */
export async function parseCall(
  request: HttpRequest,
  accounts: AccountResolver,
  endpoint: EndpointPath | undefined,
): Promise<AwsCall | undefined> {
  const credential = readCredential(request.headers, request.url);
  const service = credential?.service ?? publicService(request);
  if (service === undefined) return undefined;
  const operation = operationOf(request);
  return {
    ...request,
    service,
    operation,
    region: credential?.region ?? regionOfHost(request.headers) ?? UNSIGNED_REGION,
    account:
      (operation === WITH_WEB_IDENTITY ? accountOfRole(request) : undefined) ??
      (await accounts.accountOf(credential?.accessKeyId)),
    accessKeyId: credential?.accessKeyId,
    requestId: randomUUID(),
    endpoint,
  };
}

/** X-Amz-Target, else Action, else method and path. Never the query: it can hold secrets. */
export function operationOf(request: HttpRequest): string {
  const target = targetOf(request.headers);
  if (target !== undefined) return target.slice(target.lastIndexOf(".") + 1);
  return actionOf(request) ?? `${request.method} ${request.url.pathname}`;
}

function actionOf(request: HttpRequest): string | undefined {
  const isForm = request.headers["content-type"]?.includes("x-www-form-urlencoded");
  if (request.method === "POST" && !isForm) return undefined;
  return formOf(request).get("Action") ?? undefined;
}

function publicService(request: HttpRequest): string | undefined {
  const { method, headers, url } = request;
  const prefix = targetOf(headers)?.split(".")[0];
  if (prefix !== undefined) return PUBLIC_TARGETS[prefix];
  // Only in a POST: moto logs each request's path and query, which would hold the token of a GET.
  if (method === "POST" && actionOf(request) === WITH_WEB_IDENTITY) return "sts";
  return POOL_DOCUMENT.test(url.pathname) ? "cognito-idp" : undefined;
}

/** The account of the role to assume: the call of a token is answered in that account. */
function accountOfRole(request: HttpRequest): string | undefined {
  return /^arn:aws[\w-]*:iam::(\d{12}):/.exec(formOf(request).get("RoleArn") ?? "")?.[1];
}

/** `sts.eu-west-1.amazonaws.com` is in eu-west-1. */
function regionOfHost({ host }: IncomingHttpHeaders): string | undefined {
  return /^[\w-]+\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?::\d+)?$/.exec(host ?? "")?.[1];
}

function targetOf(headers: IncomingHttpHeaders): string | undefined {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? target : undefined;
}
