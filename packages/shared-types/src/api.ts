/** Every reason for which the API refuses a request; the `code` of a {@link Refusal}. */
export const REFUSAL_CODES = [
  /** 401: no token, or an invalid one. */
  "unauthorized",
  /** 403: not yours, or no such user (one answer for both, so that names cannot be probed). */
  "forbidden",
  /** 404: you are known, but no Studio domain is ready for you. */
  "studio_not_found",
  /** 429: too many requests; try again later. */
  "throttled",
  /** 502: a service we depend on refused or answered nonsense. */
  "upstream_error",
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
  studio_not_found: 404,
  throttled: 429,
  upstream_error: 502,
  upstream_unavailable: 503,
  upstream_timeout: 504,
};

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
