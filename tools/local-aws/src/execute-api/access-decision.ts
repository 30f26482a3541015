import {
  combineAuthorizer,
  evaluateRequest,
  evaluateApiPolicy,
  evaluateAuthorizerPolicy,
  parseApiPolicy,
  parsePolicy,
  type InvokeRequest,
  type Policy,
} from "@studio-access/policy";

import { endpointPolicyOf } from "../iam/stored-policy";
import { methodArnOf, type ApiRequest } from "./api-request";
import { invokedDomainArn } from "./domain-access";
import { GatewayFailure } from "./gateway-response";
import type { ApiSnapshot } from "./model";

const OPEN = parsePolicy(
  {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
  },
  { name: "open", kind: "resource" },
);

/** Compiled resource policies. A snapshot never changes, so each policy is compiled once. */
const compiled = new WeakMap<ApiSnapshot, Policy>();

/**
 * Checks a request before an authorizer runs. The policy of the endpoint that it came through must allow it. An explicit
 * Deny in the resource policy refuses it, and a private API without a resource policy refuses every request.
 *
 * @throws {GatewayFailure} ACCESS_DENIED
 */
export function checkResourcePolicy(request: ApiRequest): void {
  if (!passesEndpoint(request)) throw anonymousRefusal(request, "");
  const verdict = evaluateApiPolicy(resourcePolicyOf(request.snapshot), invokeRequest(request));
  if (verdict?.outcome === "deny") throw anonymousRefusal(request, " with an explicit deny");
  if (verdict === undefined && request.snapshot.isPrivate) throw anonymousRefusal(request, "");
}

/**
 * Evaluates resource policy and authorizer policy together (Table A of API Gateway's documentation).
 *
 * @param authorizer - policy that the authorizer returned; undefined for a method without one
 * @throws {GatewayFailure} ACCESS_DENIED
 */
export function checkAccess(request: ApiRequest, authorizer: Policy | undefined): void {
  const policy = resourcePolicyOf(request.snapshot);
  // Only a public API works without a resource policy; then the authorizer alone decides.
  if (policy === undefined && authorizer === undefined) return;
  const question = invokeRequest(request);
  const verdict = authorizer && evaluateAuthorizerPolicy(authorizer, question);
  const resourcePolicy =
    evaluateApiPolicy(policy, question) ?? ({ kind: "resource", outcome: "silent" } as const);
  const decision = combineAuthorizer({ resourcePolicy, authorizer: verdict });
  if (decision.allowed) return;
  const explicit = decision.reason === "explicit_deny" ? " with an explicit deny" : "";
  if (verdict === undefined) throw anonymousRefusal(request, explicit);
  throw new GatewayFailure(
    "ACCESS_DENIED",
    `User is not authorized to access this resource${explicit}`,
    undefined,
    "Message",
  );
}

/**
 * A bearer token is not an AWS principal, so an endpoint policy that requires principals of an organization denies it.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
 */
function passesEndpoint(request: ApiRequest): boolean {
  if (!request.endpointPolicy || !request.endpoint) return true;
  const { methodArn, context } = invokeRequest(request);
  return evaluateRequest({
    request: { principal: { type: "anonymous" }, action: "execute-api:Invoke", resource: methodArn, context },
    identityPolicies: [],
    // The API's own resource policy is evaluated later, together with the authorizer's.
    resourcePolicy: OPEN,
    endpointPolicy: endpointPolicyOf(request.endpoint.vpcEndpointId, request.endpointPolicy),
  }).allowed;
}

function resourcePolicyOf(snapshot: ApiSnapshot): Policy | undefined {
  if (!snapshot.policy) return undefined;
  const policy = compiled.get(snapshot) ?? compile(snapshot, snapshot.policy);
  compiled.set(snapshot, policy);
  return policy;
}

function compile({ region, account, apiId }: ApiSnapshot, text: string): Policy {
  return parseApiPolicy(
    text,
    { region, accountId: account, apiId },
    { name: `resource policy of API ${apiId}` },
  );
}

function invokeRequest(request: ApiRequest): InvokeRequest {
  const { endpoint, domain, time } = request;
  const source = endpoint
    ? {
        "aws:SourceVpce": endpoint.vpcEndpointId,
        "aws:SourceVpc": endpoint.vpcId,
        "aws:VpcSourceIp": endpoint.sourceIp,
      }
    : { "aws:SourceIp": request.sourceIp };
  return {
    methodArn: methodArnOf(request),
    context: {
      ...source,
      ...(domain && { "execute-api:viaDomainArn": invokedDomainArn(domain) }),
      "aws:SecureTransport": "true",
      "aws:CurrentTime": new Date(time).toISOString(),
    },
  };
}

/** AWS masks all but the last digits of the account id. */
function anonymousRefusal(request: ApiRequest, how: string): GatewayFailure {
  const { account } = request.snapshot;
  const arn = methodArnOf(request).replace(account, `********${account.slice(-4)}`);
  const message = `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn}${how}`;
  return new GatewayFailure("ACCESS_DENIED", message, undefined, "Message");
}
