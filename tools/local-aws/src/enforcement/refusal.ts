import { AwsError } from "../server/aws-error";
import type { AwsCall, Reply } from "../server/call";
import { errorReply, protocolOf, type Protocol } from "../server/protocol";
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
  /** What stands before the message. */
  readonly opening?: string;
  /** For credentials that hold no longer. */
  readonly invalid: { readonly code: string; readonly status: number; readonly message?: string };
}

const OF_QUERY_SERVICES: Manner = {
  code: "AccessDenied",
  status: 403,
  givesReason: true,
  invalid: { code: "InvalidClientTokenId", status: 403 },
};

/** Services that do not keep to the manner of their protocol. */
const OF_SERVICE: Readonly<Record<string, Manner>> = {
  sts: { ...OF_QUERY_SERVICES, givesReason: false },
  sns: { ...OF_QUERY_SERVICES, code: "AuthorizationError" },
};

const OF_JSON_SERVICES: Manner = {
  code: "AccessDeniedException",
  status: 400,
  givesReason: true,
  invalid: { code: "UnrecognizedClientException", status: 400 },
};

const OF_PROTOCOL: Readonly<Record<Protocol, Manner>> = {
  ec2: {
    code: "UnauthorizedOperation",
    status: 403,
    givesReason: true,
    opening: "You are not authorized to perform this operation. ",
    invalid: {
      code: "AuthFailure",
      status: 401,
      message: "AWS was not able to validate the provided access credentials",
    },
  },
  query: OF_QUERY_SERVICES,
  "rest-xml": OF_QUERY_SERVICES,
  s3: {
    ...OF_QUERY_SERVICES,
    invalid: {
      code: "InvalidAccessKeyId",
      status: 403,
      message: "The AWS Access Key Id you provided does not exist in our records.",
    },
  },
  json: OF_JSON_SERVICES,
  // Those that speak REST say it with the status as well.
  "rest-json": { ...OF_JSON_SERVICES, status: 403, invalid: { ...OF_JSON_SERVICES.invalid, status: 403 } },
};

/** AWS's refusal, in the words and the protocol of the service. */
export function refusalReply(call: AwsCall, finding: Finding): Reply {
  const manner = mannerOf(call);
  return refusal(call, new AwsError(manner.code, messageOf(finding, manner), manner.status), finding.why);
}

function messageOf(
  { who, action, resource, awsReason }: Finding,
  { givesReason, opening = "" }: Manner,
): string {
  // A token's bearer is not told who AWS takes it for.
  if (action === WEB_IDENTITY_ACTION) return `Not authorized to perform ${action}`;
  const message = `${opening}User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
  return givesReason ? message + awsReason : message;
}

/** AWS's answer to credentials whose role or user is gone. */
export function invalidTokenReply(call: AwsCall, why: string): Reply {
  const { invalid } = mannerOf(call);
  const { code, status, message = "The security token included in the request is invalid." } = invalid;
  return refusal(call, new AwsError(code, message, status), why);
}

/** A text as the value of a header: policies may be named in any alphabet. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function refusal(call: AwsCall, error: AwsError, why: string): Reply {
  const reply = errorReply(call, error);
  return { ...reply, headers: { ...reply.headers, [DENIED_BY]: headerText(why) } };
}

function mannerOf(call: AwsCall): Manner {
  return OF_SERVICE[call.service] ?? OF_PROTOCOL[protocolOf(call)];
}
