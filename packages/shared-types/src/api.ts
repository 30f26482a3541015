/** Every reason for which the API refuses a request; the `code` of a {@link Refusal}. */
export const REFUSAL_CODES = [
  /** 401: no token, or an invalid one. */
  "unauthorized",
  /** 403: not yours, or no such user (one answer for both, so that names cannot be probed). */
  "forbidden",
  /** 403: your access has been ended. */
  "user_blocked",
  /** 403: your groups belong to more than one line of business. */
  "lob_ambiguous",
  /** 403: your token does not hold all your groups, or more than can be looked at. */
  "too_many_groups",
  /** 404: you are known, but no Studio domain is ready for you. */
  "studio_not_found",
  /** 202: your profile is being made; ask again after `Retry-After` seconds. */
  "profile_pending",
  /** 429: too many requests; try again later. */
  "throttled",
  /** 502: SageMaker could not make your profile; an operator has to look. */
  "profile_failed",
  /** 502: a service we depend on refused or answered nonsense. */
  "upstream_error",
  /** 503: the account holds as many profiles as it may. */
  "profile_limit_reached",
  /** 503: a service we depend on is not available. */
  "upstream_unavailable",
  /** 504: a service we depend on did not answer in time. */
  "upstream_timeout",
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Status of each refusal. */
export const REFUSAL_STATUS: Readonly<Record<RefusalCode, number>> = {
  unauthorized: 401,
  forbidden: 403,
  user_blocked: 403,
  lob_ambiguous: 403,
  too_many_groups: 403,
  studio_not_found: 404,
  profile_pending: 202,
  throttled: 429,
  profile_failed: 502,
  upstream_error: 502,
  profile_limit_reached: 503,
  upstream_unavailable: 503,
  upstream_timeout: 504,
};

/** How long the portal and `./studio open` wait for a profile, in milliseconds. Tokens live longer. */
export const PROFILE_WAIT_MS = 4 * 60_000;

/** Seconds to wait by the header `Retry-After`, within reason. */
export function retryAfterSeconds(header: string | null): number {
  return Math.min(Math.max(Number(header) || 5, 1), 30);
}

/** Body of every refusal. */
export interface Refusal {
  readonly code: RefusalCode;
  /** For people; holds no names, tokens or URLs. */
  readonly message: string;
  /** Finds the request in the access log. */
  readonly requestId: string;
}

/** Body of a 200 answer, given to `Accept: application/json`. */
export interface PresignedStudioUrl {
  /** Opens Studio until it expires. A bearer secret: never log it. */
  readonly url: string;
  /** End of the URL's lifetime, ISO 8601 in UTC. */
  readonly expiresAt: string;
}
