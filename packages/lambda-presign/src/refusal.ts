import { REFUSAL_STATUS, type Refusal, type RefusalCode } from "@studio-access/shared-types";

/** `profile_maker` is STS and SageMaker, asked by way of the role that makes profiles. */
export type Service = "dynamodb" | "sts" | "sagemaker" | "profile_maker";

/** Why, in more detail than the caller is told. Written to the log alone. */
export type RefusalReason =
  /** No authorizer ran before us: a console test, a direct invocation, or a method without an authorizer. */
  | "identity_missing"
  | "identity_malformed"
  | "path_differs"
  | "groups_malformed"
  /** Not an event that an operator's command sends, such as an event of API Gateway. */
  | "operator_event_malformed"
  | "user_unknown"
  | "user_record_invalid"
  | "group_record_invalid"
  | "user_blocked"
  | "lob_ambiguous"
  | "too_many_groups"
  | "lob_unknown"
  | "lob_without_domain"
  | "lob_record_invalid"
  | "profile_unknown"
  /** SageMaker makes the profile from this request on. */
  | "profile_begun"
  | "profile_pending"
  | "profile_failed"
  | "profile_limit_reached"
  /** SageMaker answered with a URL outside the user's own Studio domain. */
  | "url_unexpected"
  | "deadline_passed"
  | "internal_error"
  | `${Service}_${"denied" | "throttled" | "unavailable" | "timeout" | "error"}`;

/** The request ends here, with this code for the caller and this reason for the log. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(
    readonly code: RefusalCode,
    readonly reason: RefusalReason,
  ) {
    super(`${code}: ${reason}`);
  }
}

/** For people. The same for every reason behind a code, so that an answer tells nothing about other users. */
const MESSAGES: Readonly<Record<RefusalCode, string>> = {
  unauthorized: "Sign in and try again.",
  forbidden: "You may open your own Studio only.",
  user_blocked: "Your access to Studio has been ended. Ask your platform team.",
  lob_ambiguous: "Your groups belong to more than one line of business. Ask your platform team.",
  too_many_groups: "You are in more groups than can be looked at. Ask your platform team.",
  studio_not_found: "No Studio is ready for you yet. Ask your platform team.",
  profile_pending: "Your Studio is being set up. Ask again in a moment.",
  throttled: "Too many requests. Try again in a moment.",
  profile_failed: "Your Studio could not be set up. Ask your platform team, and give them the request id.",
  upstream_error: "Studio could not be opened. Ask your platform team, and give them the request id.",
  profile_limit_reached: "No more Studios can be set up at the moment. Ask your platform team.",
  upstream_unavailable: "Studio is not available at the moment. Try again soon.",
  upstream_timeout: "Studio did not answer in time. Try again.",
};

/** Seconds after which another try makes sense; the other codes promise nothing. */
const RETRY_AFTER: Partial<Record<RefusalCode, number>> = {
  profile_pending: 3,
  throttled: 5,
  upstream_unavailable: 10,
};

export interface RefusalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Refusal;
}

export function refusalAnswer(code: RefusalCode, requestId: string): RefusalAnswer {
  const retryAfter = RETRY_AFTER[code];
  return {
    status: REFUSAL_STATUS[code],
    headers: retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) },
    body: { code, message: MESSAGES[code], requestId },
  };
}
