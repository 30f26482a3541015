export { githubClient, type Github, type GithubOptions } from "./client";
export { postComment, type CommentRequest, type Posted } from "./comment";
export { GithubFailure } from "./failure";
export { keepIssue, type IssueOutcome, type IssueText, type StandingIssue } from "./standing-issue";
