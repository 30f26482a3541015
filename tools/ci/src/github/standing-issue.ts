import type { Github } from "./client";
import { explained } from "./failure";
import { isMarked, marked } from "./marker";
import type { Repository } from "./repository";

export interface StandingIssue extends Repository {
  readonly key: string;
  /** Login that the token writes as. */
  readonly author: string;
  readonly label: string;
}

export interface IssueText {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

export interface IssueOutcome {
  readonly outcome: "opened" | "updated" | "unchanged" | "closed" | "none";
  readonly url?: string;
}

interface Issue {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null;
  readonly user: { readonly login: string } | null;
  readonly pull_request?: object;
}

/**
 * Keeps one issue open as long as there is a problem: opened the first time, updated in place, closed when the problem
 * is gone.
 *
 * @param found the problem; undefined: there is none
 * @throws {GithubFailure} when GitHub refuses
 */
export async function keepIssue(
  github: Github,
  issue: StandingIssue,
  found: IssueText | undefined,
): Promise<IssueOutcome> {
  const { owner, repo } = issue;
  const what = `to keep the issue about ${issue.key} of ${owner}/${repo}`;
  return explained({ what, permission: "issues: write" }, async () => {
    const open = await openIssue(github, issue);
    if (found === undefined) return open === undefined ? { outcome: "none" } : close(github, issue, open);
    return open === undefined ? create(github, issue, found) : update(github, issue, open, found);
  });
}

async function create(
  github: Github,
  { owner, repo, key, label }: StandingIssue,
  { title, text }: IssueText,
): Promise<IssueOutcome> {
  const { data } = await github.request("POST /repos/{owner}/{repo}/issues", {
    owner,
    repo,
    title,
    body: marked(key, text),
    labels: [label],
    // Never repeated: the issue may exist although its response was lost.
    request: { retries: 0 },
  });
  return { outcome: "opened", url: data.html_url };
}

async function update(
  github: Github,
  { owner, repo, key }: StandingIssue,
  { number, title: oldTitle, body: oldBody, html_url: url }: Issue,
  { title, text }: IssueText,
): Promise<IssueOutcome> {
  const body = marked(key, text);
  if (oldTitle === title && oldBody === body) return { outcome: "unchanged", url };
  await github.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number: number,
    title,
    body,
  });
  return { outcome: "updated", url };
}

async function close(
  github: Github,
  { owner, repo }: StandingIssue,
  { number, html_url: url }: Issue,
): Promise<IssueOutcome> {
  await github.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
    owner,
    repo,
    issue_number: number,
    state: "closed",
    state_reason: "completed",
  });
  return { outcome: "closed", url };
}

async function openIssue(
  github: Github,
  { owner, repo, key, author }: StandingIssue,
): Promise<Issue | undefined> {
  // By author and not by label: somebody may take the label off.
  const pages = github.paginate.iterator("GET /repos/{owner}/{repo}/issues", {
    owner,
    repo,
    state: "open",
    creator: author,
    per_page: 100,
  });
  for await (const { data } of pages) {
    const own = (data as readonly Issue[]).find(
      (issue) =>
        issue.pull_request === undefined && issue.user?.login === author && isMarked(key, issue.body),
    );
    if (own !== undefined) return own;
  }
  return undefined;
}
