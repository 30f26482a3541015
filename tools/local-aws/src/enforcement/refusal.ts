import { AwsError } from "../server/aws-error";
import type { AwsCall, Reply } from "../server/call";
import { errorReply, protocolOf, type Protocol } from "../server/protocol";
import type { AuthorizationResult } from "./authorization-result";
import { WEB_IDENTITY_ACTION } from "./policy-evaluator";

/** Header of every refusal: the statement that denied, or the policy that has no Allow. AWS sends no such header. */
export const DENIED_BY = "x-local-denied-by";

/** The format in which a service denies a call. */
interface RefusalFormat {
  readonly code: string;
  readonly status: number;
  /** Whether the message names the kind of policy that decided. */
  readonly givesReason: boolean;
  /** Text before the message. */
  readonly opening?: string;
  /** The error for credentials that are no longer valid. */
  readonly invalid: { readonly code: string; readonly status: number; readonly message?: string };
}

const QUERY_FORMAT: RefusalFormat = {
  code: "AccessDenied",
  status: 403,
  givesReason: true,
  invalid: { code: "InvalidClientTokenId", status: 403 },
};

/** Services whose refusals differ from those of their protocol. */
const FORMAT_OF_SERVICE: Readonly<Record<string, RefusalFormat>> = {
  sts: { ...QUERY_FORMAT, givesReason: false },
  sns: { ...QUERY_FORMAT, code: "AuthorizationError" },
};

const JSON_FORMAT: RefusalFormat = {
  code: "AccessDeniedException",
  status: 400,
  givesReason: true,
  invalid: { code: "UnrecognizedClientException", status: 400 },
};

const FORMAT_OF_PROTOCOL: Readonly<Record<Protocol, RefusalFormat>> = {
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
  query: QUERY_FORMAT,
  "rest-xml": QUERY_FORMAT,
  s3: {
    ...QUERY_FORMAT,
    invalid: {
      code: "InvalidAccessKeyId",
      status: 403,
      message: "The AWS Access Key Id you provided does not exist in our records.",
    },
  },
  json: JSON_FORMAT,
  // REST services return the HTTP status 403 as well.
  "rest-json": { ...JSON_FORMAT, status: 403, invalid: { ...JSON_FORMAT.invalid, status: 403 } },
};

/** AWS's access-denied reply, in the protocol of the service. */
export function refusalReply(call: AwsCall, result: AuthorizationResult): Reply {
  const format = refusalFormatOf(call);
  return refusal(call, new AwsError(format.code, messageOf(result, format), format.status), result.why);
}

function messageOf(
  { who, action, resource, awsReason }: AuthorizationResult,
  { givesReason, opening = "" }: RefusalFormat,
): string {
  // AWS does not tell a token's bearer which principal it resolved the token to.
  if (action === WEB_IDENTITY_ACTION) return `Not authorized to perform ${action}`;
  const message = `${opening}User: ${who} is not authorized to perform: ${action} on resource: ${resource}`;
  return givesReason ? message + awsReason : message;
}

/** AWS's reply to credentials whose role or user was deleted. */
export function invalidTokenReply(call: AwsCall, why: string): Reply {
  const { invalid } = refusalFormatOf(call);
  const { code, status, message = "The security token included in the request is invalid." } = invalid;
  return refusal(call, new AwsError(code, message, status), why);
}

/** A text as the value of a header, which takes ASCII alone; names of policies may hold other characters. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?");
}

function refusal(call: AwsCall, error: AwsError, why: string): Reply {
  const reply = errorReply(call, error);
  return { ...reply, headers: { ...reply.headers, [DENIED_BY]: headerText(why) } };
}

function refusalFormatOf(call: AwsCall): RefusalFormat {
  return FORMAT_OF_SERVICE[call.service] ?? FORMAT_OF_PROTOCOL[protocolOf(call)];
}
