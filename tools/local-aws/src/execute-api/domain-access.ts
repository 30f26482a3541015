import { evaluateRequest, parsePolicy } from "@studio-access/policy";

import { endpointPolicyOf } from "../iam/stored-policy";
import type { EndpointPath } from "../server/call";
import type { PrivateDomain } from "../services/api-gateway/private-domains";
import type { RequestEndpoint } from "./api-request";

/** What the API's own policies call a private custom domain name. */
export function invokedDomainArn({ region, account, name, id }: PrivateDomain): string {
  return `arn:aws:execute-api:${region}:${account}:/domainnames/${name}+${id}`;
}

/**
 * Whether the policy of the endpoint and that of the name itself let a caller without AWS credentials in. Without a policy
 * nobody gets in: API Gateway makes a name with one that denies all.
 */
export function mayEnterDomain(
  domain: PrivateDomain,
  { endpoint, endpointPolicy }: RequestEndpoint & { readonly endpoint: EndpointPath },
  now: number,
): boolean {
  if (domain.policy === undefined) return false;
  return evaluateRequest({
    request: {
      principal: { type: "anonymous" },
      action: "execute-api:Invoke",
      resource: invokedDomainArn(domain),
      context: {
        "aws:SourceVpce": endpoint.vpcEndpointId,
        "aws:SourceVpc": endpoint.vpcId,
        "aws:VpcSourceIp": endpoint.sourceIp,
        "aws:SecureTransport": "true",
        "aws:CurrentTime": new Date(now).toISOString(),
      },
    },
    identityPolicies: [],
    resourcePolicy: parsePolicy(JSON.parse(domain.policy), {
      name: `policy of the domain name ${domain.name}`,
      kind: "resource",
    }),
    ...(endpointPolicy && { endpointPolicy: endpointPolicyOf(endpoint.vpcEndpointId, endpointPolicy) }),
  }).allowed;
}
