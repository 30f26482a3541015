import { execFile } from "node:child_process";
import { promisify } from "node:util";

import {
  githubClient,
  GithubFailure,
  parseRepository,
  repositorySettings,
  type RepositorySettings,
} from "@studio-access/ci/github-settings";
import type { CiConfig } from "@studio-access/config";

const LONGEST_ANSWER_MS = 10_000;

/**
 * The settings of the config's repository, read with GITHUB_TOKEN, else with the token of GitHub's command line.
 *
 * @throws {GithubFailure} when there is neither
 */
export async function openRepository(
  { repository }: CiConfig,
  announce: (text: string) => void,
): Promise<RepositorySettings> {
  const token = process.env["GITHUB_TOKEN"] ?? (await tokenOfCommandLine());
  const baseUrl = process.env["GITHUB_API_URL"] ?? "https://api.github.com";
  return repositorySettings(githubClient({ token, baseUrl, announce }), parseRepository(nameOf(repository)));
}

/** `owner/name` of a repository whose tokens may have ids: `owner@1/name@2`. */
function nameOf(repository: string): string {
  return repository.replaceAll(/@\d+/g, "");
}

async function tokenOfCommandLine(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("gh", ["auth", "token"], { timeout: LONGEST_ANSWER_MS });
    return stdout.trim();
  } catch {
    throw new GithubFailure("there is no token: neither GITHUB_TOKEN, nor one of `gh auth login`");
  }
}
