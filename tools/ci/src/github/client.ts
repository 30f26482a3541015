import { randomUUID } from "node:crypto";

import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";

const OctokitWithPlugins = Octokit.plugin(paginateRest, retry, throttling);

export type Github = InstanceType<typeof OctokitWithPlugins>;

/** A job waits no longer than this for a rate limit: the next run reports the same. */
const LONGEST_WAIT_SECONDS = 300;

const ATTEMPTS_AFTER_A_LIMIT = 3;

/** Statuses that a retry does not change. */
const NEVER_BETTER = [400, 401, 403, 404, 410, 422, 451];

export interface GithubOptions {
  readonly token: string;
  /** Of the REST API: `https://api.github.com`, or a GitHub Enterprise Server's. */
  readonly baseUrl: string;
  /** Called with a message for people at every wait. */
  readonly announce: (text: string) => void;
  /** Milliseconds of a second that GitHub asks to wait; 1000 when absent. */
  readonly secondMs?: number;
}

/**
 * A client of GitHub's REST API that waits where GitHub says so: `Retry-After` of a secondary limit, the reset time of the
 * hourly one, and a server's error three times over.
 *
 * It logs nothing, since its log lines would hold requests.
 */
export function githubClient({ token, baseUrl, announce, secondMs = 1000 }: GithubOptions): Github {
  const waits =
    (which: string) => (seconds: number, _request: unknown, _github: unknown, attempts: number) => {
      const isWorthIt = seconds <= LONGEST_WAIT_SECONDS && attempts < ATTEMPTS_AFTER_A_LIMIT;
      announce(`GitHub's ${which} rate limit: ${isWorthIt ? `asking again in ${seconds} s` : "giving up"}.`);
      return isWorthIt;
    };
  const silent = (): undefined => undefined;
  return new OctokitWithPlugins({
    auth: token,
    baseUrl: baseUrl.replace(/\/+$/, ""),
    userAgent: "studio-access",
    log: { debug: silent, info: silent, warn: silent, error: silent },
    throttle: {
      // The limiters are shared by all clients of one id.
      id: randomUUID(),
      onRateLimit: waits("hourly"),
      onSecondaryRateLimit: waits("secondary"),
      retryAfterBaseValue: secondMs,
    },
    // The throttling plugin repeats the requests that a rate limit refuses.
    retry: { retryAfterBaseValue: secondMs, doNotRetry: [...NEVER_BETTER, 429] },
  });
}
