import { AwsError } from "../server/aws-error";
import type { AwsCall, Reply } from "../server/call";
import { errorReply } from "../server/protocol";
import type { Finding } from "./finding";
import { WEB_IDENTITY_ACTION } from "./judge";

/** Header of every refusal: which statement denied, or which policy has no Allow. AWS has no such header. */
export const DENIED_BY = "x-local-denied-by";

/** How a service refuses. */
interface Manner {
  readonly code: string;
  readonly status: number;
  /** Whether the message says which kind of policy it was. */
  readonly givesReason: boolean;
  /** The code for credentials that hold no longer. */
  readonly invalidCode: string;
}

const MANNERS: Readonly<Record<string, Manner>> = {
  sts: { code: "AccessDenied", status: 403, givesReason: false, invalidCode: "InvalidClientTokenId" },
};

const OF_JSON_SERVICES: Manner = {
  code: "AccessDeniedException",
  status: 400,
  givesReason: true,
  invalidCode: "UnrecognizedClientException",
};

/** The JSON services that speak REST say it with the status as well. */
const OF_REST_SERVICES: Manner = { ...OF_JSON_SERVICES, status: 403 };

/** AWS's refusal, in the words and the protocol of the service. */
export function refusalReply(call: AwsCall, finding: Finding): Reply {
  const { code, status, givesReason } = mannerOf(call);
  return refusal(call, new AwsError(code, messageOf(finding, givesReason), status), finding.why);
}

function messageOf({ who, action, resource, awsReason }: Finding, givesReason: boolean): string {
  // A token's bearer is not told who AWS takes it for.
  if (action === WEB_IDENTITY_ACTION) return `Not authorized to perform ${action}`;
  const message = `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
  return givesReason ? message + awsReason : message;
}

/** AWS's answer to credentials whose role or user is gone. */
export function invalidTokenReply(call: AwsCall, why: string): Reply {
  const { invalidCode, status } = mannerOf(call);
  const message = "The security token included in the request is invalid.";
  return refusal(call, new AwsError(invalidCode, message, status), why);
}

/** A text as the value of a header: policies may be named in any alphabet. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function refusal(call: AwsCall, error: AwsError, why: string): Reply {
  const reply = errorReply(call, error);
  return { ...reply, headers: { ...reply.headers, [DENIED_BY]: headerText(why) } };
}

function mannerOf({ service }: AwsCall): Manner {
  return MANNERS[service] ?? (service === "lambda" ? OF_REST_SERVICES : OF_JSON_SERVICES);
}
