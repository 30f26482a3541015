import type { Organization, RequestContext } from "@studio-access/policy";

import { ADDRESS_ON_THE_INTERNET } from "@studio-access/network";
import type { AwsCall, EndpointPath } from "../server/call";

/** Where a request came from. */
export interface RequestOrigin {
  readonly region: string;
  /** Undefined for a request from the public network. */
  readonly endpoint: EndpointPath | undefined;
  readonly userAgent: string | undefined;
}

export function originOf({ region, endpoint, headers }: AwsCall): RequestOrigin {
  return { region, endpoint, userAgent: headers["user-agent"] };
}

/**
 * The request context: the global condition keys that follow from where and when a request came from, and from the
 * organization of all accounts.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 *
 * @param now - milliseconds since the epoch
 */
export function requestContextOf(
  { region, endpoint, userAgent }: RequestOrigin,
  now: number,
  organization: Organization | undefined,
): RequestContext {
  return {
    ...sourceOf(endpoint),
    "aws:SecureTransport": "true",
    "aws:RequestedRegion": region,
    "aws:CurrentTime": new Date(now).toISOString(),
    "aws:EpochTime": String(Math.floor(now / 1000)),
    ...(userAgent !== undefined && { "aws:UserAgent": userAgent }),
    ...(organization && { "aws:ResourceOrgID": organization.id }),
  };
}

/** Through an endpoint AWS sets aws:VpcSourceIp, otherwise aws:SourceIp. */
function sourceOf(endpoint: EndpointPath | undefined): RequestContext {
  if (!endpoint) return { "aws:SourceIp": ADDRESS_ON_THE_INTERNET };
  return {
    "aws:SourceVpce": endpoint.vpcEndpointId,
    "aws:SourceVpc": endpoint.vpcId,
    "aws:VpcSourceIp": endpoint.sourceIp,
  };
}

/**
 * Condition keys that AWS sets and whose values the local AWS does not know: for every request, and for requests to one
 * service. If they were treated as absent, decisions would differ from AWS's. The colon tells a condition key from an
 * action of the same spelling.
 */
const UNKNOWN_KEY = /"(aws:(?:PrincipalOrgPaths|ResourceOrgPaths|VpceAccount|VpceOrgID|VpceOrgPaths))"\s*:/i;
const UNKNOWN_KEY_OF_SERVICE: Readonly<Record<string, RegExp>> = {
  dynamodb: /"(aws:ResourceTag\/[^"]*|dynamodb:[^":*]+)"\s*:/i,
  sagemaker:
    /"(sagemaker:(?:DomainSharingOutputKmsKeyArn|ImageArns|ImageVersionArns|InstanceTypes|StudioLifecycleConfigArns))"\s*:/i,
  lambda: /"(aws:ResourceTag\/[^"]*|lambda:(?:EventSourceToken|InvokedViaFunctionUrl))"\s*:/i,
};

/** The first condition key in a policy's text whose value the local AWS does not know for requests to the service. */
export function unknownKeyIn(text: string, service: string): string | undefined {
  return (UNKNOWN_KEY.exec(text) ?? UNKNOWN_KEY_OF_SERVICE[service]?.exec(text))?.[1];
}
