import type { Github } from "./client";
import { explained } from "./failure";
import { isMarked, marked } from "./marker";
import type { Repository } from "./repository";

export interface CommentRequest extends Repository {
  readonly pullRequest: number;
  /** Tells our comments on one pull request apart. */
  readonly key: string;
  /** Login that the token writes as. Somebody else's comment is never changed, whatever it begins with. */
  readonly author: string;
  /** Markdown. */
  readonly text: string;
}

export interface Posted {
  readonly outcome: "created" | "updated" | "unchanged";
  readonly url: string;
}

interface Comment {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

/**
 * Writes our comment on a pull request, over the one of an earlier push if there is one, so that the page has a single
 * one.
 *
 * @throws {GithubFailure} when GitHub refuses
 */
export async function postComment(github: Github, request: CommentRequest): Promise<Posted> {
  const { owner, repo, pullRequest, key, text } = request;
  const what = `to comment on pull request ${pullRequest} of ${owner}/${repo}`;
  return explained({ what, permission: "pull-requests: write" }, async () => {
    const body = marked(key, text);
    const own = await ownComment(github, request);
    if (own === undefined) {
      const { data } = await github.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        owner,
        repo,
        issue_number: pullRequest,
        body,
        // Never repeated: the comment may exist although its response was lost.
        request: { retries: 0 },
      });
      return { outcome: "created", url: data.html_url };
    }
    if (own.body === body) return { outcome: "unchanged", url: own.html_url };
    await github.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner,
      repo,
      comment_id: own.id,
      body,
    });
    return { outcome: "updated", url: own.html_url };
  });
}

async function ownComment(
  github: Github,
  { owner, repo, pullRequest, key, author }: CommentRequest,
): Promise<Comment | undefined> {
  const pages = github.paginate.iterator("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner,
    repo,
    issue_number: pullRequest,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const own = (data as readonly Comment[]).find(
      ({ body, user }) => user?.login === author && isMarked(key, body),
    );
    if (own !== undefined) return own;
  }
  return undefined;
}
