import type { Refusal } from "./api";

/**
 * Event of the smoke-test function, the whole of it: an operator asks whether a user would get a Studio URL. It has
 * nothing in common with an event of API Gateway. See docs/decisions/0006-smoke-test.md.
 */
export interface OperatorEvent {
  readonly operator: OperatorRequest;
}

export interface OperatorRequest {
  /** Whose URL. Matches `USER_NAME_PATTERN`. */
  readonly userName: string;
  /** Their groups at the identity provider, each of which matches `GROUP_PATTERN`. Left out: none. */
  readonly groups?: readonly string[];
  /** Why, for the function's log. Matches {@link OPERATOR_REASON_PATTERN}. */
  readonly reason: string;
  /** True: the answer holds the URL. Otherwise the URL is made and thrown away, which tests the same. */
  readonly handOver?: boolean;
}

/**
 * An operator's reason, 3 to 80 characters. It is written to a log, so it is too short for a token and has none of the
 * characters that a URL needs.
 */
export const OPERATOR_REASON_PATTERN = /^[a-zA-Z0-9][a-zA-Z0-9 .,:#()_-]{2,79}$/;

/** Body of a 200 answer to an operator. */
export interface OperatorResult {
  /** End of the URL's lifetime, ISO 8601 in UTC. */
  readonly expiresAt: string;
  /** Present where the operator asked for it. A bearer secret: never log it. */
  readonly url?: string;
}

/** Body of a refusal to an operator. Users are told less, so that names cannot be probed. */
export interface OperatorRefusal extends Refusal {
  /** Why, as in the function's log: one of the presign function's `RefusalReason`s. */
  readonly reason: string;
}

/**
 * What the STS session of an operator's request begins with, in its name and in its source identity; the id of the
 * function's invocation follows. No user name has a `+`, so no user can be taken for an operator.
 */
export const OPERATOR_SESSION_PREFIX = "operator+";
