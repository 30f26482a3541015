export { githubClient } from "./client";
export { GithubFailure } from "./failure";
export { parseRepository } from "./repository";
export {
  repositorySettings,
  type ActionsSettings,
  type BranchRules,
  type DeployEnvironment,
  type RepositorySettings,
} from "./repository-settings";
