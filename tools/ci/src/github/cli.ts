import { readFile } from "node:fs/promises";

import { Command, InvalidArgumentError } from "commander";

import { githubClient, type Github } from "./client";
import { postComment } from "./comment";
import { jobOf, type Job } from "./job";
import { keepIssue } from "./standing-issue";

/** The login of a workflow's own token. */
const WORKFLOW_AUTHOR = "github-actions[bot]";

interface Shared {
  readonly key: string;
  readonly author: string;
}

function write(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * The job, and a client with its token, which is removed from the environment, so that no child process inherits it.
 */
function connect(): { readonly job: Job; readonly github: Github } {
  const job = jobOf(process.env);
  delete process.env["GITHUB_TOKEN"];
  return { job, github: githubClient({ token: job.token, baseUrl: job.baseUrl, announce: write }) };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError("a pull request's number");
  return Number(text);
}

async function comment(
  flags: Shared & { readonly pullRequest: number; readonly file: string },
): Promise<void> {
  const text = await readFile(flags.file, "utf8");
  const { job, github } = connect();
  const { pullRequest, key, author } = flags;
  const { outcome, url } = await postComment(github, { ...job.repository, pullRequest, key, author, text });
  write(`Comment ${outcome}: ${url}`);
}

async function issue(
  flags: Shared & { readonly title: string; readonly label: string; readonly file?: string },
): Promise<void> {
  const text = flags.file === undefined ? undefined : await readFile(flags.file, "utf8");
  const { job, github } = connect();
  const { key, author, label, title } = flags;
  const found = text === undefined ? undefined : { title, text };
  const { outcome, url } = await keepIssue(github, { ...job.repository, key, author, label }, found);
  write(url === undefined ? "No issue is open, and none is needed." : `Issue ${outcome}: ${url}`);
}

const program = new Command("github").description(
  "Reports on GitHub what a workflow found. Takes GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL from the environment.",
);

program
  .command("comment")
  .description(
    "Writes a Markdown file into our comment on a pull request, the one that is there or a new one.",
  )
  .requiredOption("--pull-request <number>", "number of the pull request", wholeNumber)
  .requiredOption("--file <file>", "the Markdown")
  .option("--key <key>", "tells our comments on one pull request apart", "plan")
  .option("--author <login>", "login that the token writes as", WORKFLOW_AUTHOR)
  .action(comment);

program
  .command("issue")
  .description("Keeps one issue open while there is a problem; without --file, closes it.")
  .requiredOption("--title <title>", "title of the issue")
  .option("--file <file>", "the problem, in Markdown")
  .option("--key <key>", "tells our issues apart", "drift")
  .option("--label <label>", "label of a new issue", "drift")
  .option("--author <login>", "login that the token writes as", WORKFLOW_AUTHOR)
  .action(issue);

program.parseAsync().catch((error: unknown) => {
  write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
