import { GithubFailure } from "./failure";
import { parseRepository, type Repository } from "./repository";

/** What a job of GitHub Actions says of itself by its environment. */
export interface Job {
  readonly token: string;
  readonly repository: Repository;
  /** Of the REST API. */
  readonly baseUrl: string;
}

/** @throws {GithubFailure} naming every variable that is missing */
export function jobOf(environment: Readonly<Record<string, string | undefined>>): Job {
  const needed = ["GITHUB_TOKEN", "GITHUB_REPOSITORY"] as const;
  const missing = needed.filter((name) => (environment[name] ?? "") === "");
  if (missing.length > 0) {
    throw new GithubFailure(
      `Missing in the environment: ${missing.join(", ")}. A workflow gives the token to the step: env: GITHUB_TOKEN: \${{ github.token }}.`,
    );
  }
  return {
    token: environment["GITHUB_TOKEN"] ?? "",
    repository: parseRepository(environment["GITHUB_REPOSITORY"] ?? ""),
    baseUrl: environment["GITHUB_API_URL"] ?? "https://api.github.com",
  };
}
