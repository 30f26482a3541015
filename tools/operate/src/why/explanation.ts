import { fieldsOf, type LogLine, type LogSource } from "../logs/log-reader";

/** What decided a request, and where to go on. */
export interface Explanation {
  /** One sentence. */
  readonly what: string;
  /** Heading of the runbook's article, as an anchor; undefined where nothing has to be done. */
  readonly article: string | undefined;
  /** Whether a line that may still come could say more. */
  readonly isOpen?: true;
}

type Fields = Readonly<Record<string, unknown>>;

/** The field with which each log says what was decided. Lambda's own lines of the same id have none of them. */
const DECIDES: Readonly<Record<LogSource, string>> = {
  authorizer: "decision",
  presign: "outcome",
  api: "status",
};

/**
 * Explains a request by its log lines: the last one in its way that refused it, or that it was answered.
 *
 * @param mayComeLate whether more lines of the request may still come
 */
export function explain(lines: readonly LogLine[], mayComeLate: boolean): Explanation {
  const of = (source: LogSource): Fields | undefined =>
    lines
      .filter((line) => line.source === source)
      .map(({ message }) => fieldsOf(message))
      .findLast((fields) => fields?.[DECIDES[source]] !== undefined);
  const [authorizer, presign, api] = [of("authorizer"), of("presign"), of("api")];
  if (presign !== undefined) return byPresign(presign);
  if (authorizer !== undefined && authorizer["decision"] !== "allow") return byAuthorizer(authorizer);
  if (api !== undefined) return byGateway(api, mayComeLate);
  return open("No line says yet what was decided");
}

function open(what: string): Explanation {
  return { what: `${what}: CloudWatch shows lines some seconds late.`, article: undefined, isOpen: true };
}

function byPresign({ outcome, code, reason }: Fields): Explanation {
  switch (outcome) {
    case "failed":
      return {
        what: `The presign function failed: ${text(code)}, reason ${text(reason)}.`,
        article: "presign-failures",
      };
    case "refused":
      return {
        what: `The presign function refused: ${text(code)}, reason ${text(reason)}.`,
        article: "a-user-cannot-get-in",
      };
    case "pending":
      return { what: "The user's profile is being made: they were told to ask again.", article: undefined };
    case "handed_over":
      return { what: "An operator got the Studio URL of somebody else.", article: "operator-hand-over" };
    case "tested":
      return { what: "An operator's smoke test: the user would get a Studio URL.", article: undefined };
    case "redirected":
    case "answered":
      return {
        what: "The user got a Studio URL. When it does not open, the cause is on the way to Studio.",
        article: "the-url-does-not-open",
      };
    default:
      return { what: `The presign function ended with ${text(outcome)}.`, article: undefined };
  }
}

function byAuthorizer({ decision, code, reason }: Fields): Explanation {
  if (decision === "deny")
    return { what: `The authorizer refused the token: ${text(code)}.`, article: "a-user-cannot-get-in" };
  const article = code === "jwks_unavailable" ? "jwks-unavailable" : "authorizer-failures";
  return { what: `The authorizer failed: ${text(code)}, reason ${text(reason)}.`, article };
}

/** What API Gateway's own answers mean. Source: the access log's `$context.error.responseType` */
const BY_GATEWAY: Readonly<Record<string, string>> = {
  UNAUTHORIZED: "there was no token",
  MISSING_AUTHENTICATION_TOKEN: "there is no such path",
  THROTTLED: "there were too many requests",
};

/** Without a line of a function that refused: API Gateway answered by itself. */
function byGateway({ status, errorType, principalId }: Fields, mayComeLate: boolean): Explanation {
  const type = text(errorType);
  const what = `API Gateway answered ${text(status)} by itself`;
  if (Number(status) >= 500) return { what: `${what}: no function says why.`, article: "api-5xx" };
  // Not an answer of API Gateway's own: the function that gave it has written its line, which is not here yet.
  if (!isThere(errorType))
    return open(`The API answered ${text(status)}, and the presign function's line is not there yet`);
  if (type === "UNAUTHORIZED" && mayComeLate)
    return {
      ...open("The API answered 401: there was no token, or the authorizer's line on it is not there yet"),
      article: "a-user-cannot-get-in",
    };
  const denied = isThere(principalId)
    ? "the path is not the user's own"
    : "the API's resource policy refused the way in";
  const why = type === "ACCESS_DENIED" ? denied : (BY_GATEWAY[type] ?? type);
  return { what: `${what}: ${why}.`, article: "a-user-cannot-get-in" };
}

/** The access log writes a hyphen for what is not there. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== "" && value !== "-";
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "unknown");
}
