import type { Organization, RequestContext } from "@studio-access/policy";

import { ADDRESS_ON_THE_INTERNET } from "@studio-access/network";
import type { AwsCall, EndpointPath } from "../server/call";

/** How a request came to AWS. */
export interface Way {
  readonly region: string;
  /** Undefined for a request from the public network. */
  readonly endpoint: EndpointPath | undefined;
  readonly userAgent: string | undefined;
}

export function wayOf({ region, endpoint, headers }: AwsCall): Way {
  return { region, endpoint, userAgent: headers["user-agent"] };
}

/**
 * The global condition keys that follow from how and when a request came, and from the organization of all accounts.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 *
 * @param now - milliseconds since the epoch
 */
export function circumstancesOf(
  { region, endpoint, userAgent }: Way,
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

/** AWS knows the address of a caller in a network by another key than that of one outside. */
function sourceOf(endpoint: EndpointPath | undefined): RequestContext {
  if (!endpoint) return { "aws:SourceIp": ADDRESS_ON_THE_INTERNET };
  return {
    "aws:SourceVpce": endpoint.vpcEndpointId,
    "aws:SourceVpc": endpoint.vpcId,
    "aws:VpcSourceIp": endpoint.sourceIp,
  };
}

/**
 * Condition keys that AWS fills in and the local AWS does not know the value of: for every request, and for those to a
 * service. Taken for absent they would give answers that AWS would not. A key of a condition is followed by its
 * values; an action that is spelt the same is not.
 */
const UNKNOWN_KEY = /"(aws:(?:PrincipalOrgPaths|ResourceOrgPaths|VpceAccount|VpceOrgID|VpceOrgPaths))"\s*:/i;
const UNKNOWN_KEY_OF_SERVICE: Readonly<Record<string, RegExp>> = {
  dynamodb: /"(aws:ResourceTag\/[^"]*|dynamodb:[^":*]+)"\s*:/i,
  lambda: /"(aws:ResourceTag\/[^"]*|lambda:(?:EventSourceToken|InvokedViaFunctionUrl))"\s*:/i,
};

/** The first condition key in a policy's text whose value is not known here for requests to the service. */
export function unknownKeyIn(text: string, service: string): string | undefined {
  return (UNKNOWN_KEY.exec(text) ?? UNKNOWN_KEY_OF_SERVICE[service]?.exec(text))?.[1];
}
