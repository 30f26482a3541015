import { GithubFailure } from "./failure";

/** `owner/name`, taken apart. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** @throws {GithubFailure} on anything but `owner/name` */
export function parseRepository(text: string): Repository {
  const [, owner, repo] = /^(\w[\w.-]*)\/([\w.-]*\w[\w.-]*)$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined) {
    throw new GithubFailure(`"${text}" is no repository: GITHUB_REPOSITORY is written owner/name.`);
  }
  return { owner, repo };
}
