import { RequestError } from "@octokit/request-error";

/** GitHub refused, with what to do about it. Holds nothing of the request, which carries the token. */
export class GithubFailure extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = "GithubFailure";
    this.status = status;
  }
}

/** What a request was for, and which permission of the workflow's token it needs. */
export interface Purpose {
  /** `to list the comments of pull request 7 of owner/name`. */
  readonly what: string;
  /** `pull-requests: write`. */
  readonly permission: string;
}

/** Runs requests; a refusal becomes a {@link GithubFailure} that says what was attempted, and what to do about it. */
export async function explained<T>(purpose: Purpose, requests: () => Promise<T>): Promise<T> {
  try {
    return await requests();
  } catch (error) {
    throw failureOf(purpose, error);
  }
}

function failureOf({ what, permission }: Purpose, error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  const { status } = error;
  // Without a response the status is 500, and the message comes from fetch: it names the host, and no header.
  const said =
    error.response === undefined ? `no answer: ${error.message}` : `${status}: ${messageOf(error)}`;
  return new GithubFailure(
    `GitHub refused ${what} (${said}). ${remedy(error, permission)}`.trimEnd(),
    status,
  );
}

function messageOf({ response, message }: RequestError): string {
  const data = response?.data as { readonly message?: unknown } | undefined;
  return typeof data?.message === "string" ? data.message : message;
}

function remedy(error: RequestError, permission: string): string {
  const isLimited =
    error.status === 429 ||
    error.response?.headers["x-ratelimit-remaining"] === "0" ||
    /\brate limit\b/i.test(messageOf(error));
  if (isLimited) return "The rate limit lasts longer than a job waits: run it again later.";
  switch (error.status) {
    case 401:
      return "The token has expired or is wrong: GITHUB_TOKEN must be the token of this run.";
    case 403:
      return `The job's token lacks a permission: it needs \`${permission}\`. A pull request from a fork never has it.`;
    case 404:
      return `There is no such thing, or the job's token may not see it: check the number, and that the job has \`${permission}\`.`;
    case 410:
      return "It is switched off in the repository's settings.";
    default:
      return "";
  }
}
