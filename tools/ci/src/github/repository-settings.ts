import type { Github } from "./client";
import { explained, GithubFailure } from "./failure";
import type { Repository } from "./repository";

/** A deployment environment, as far as it decides who may deploy. */
export interface DeployEnvironment {
  /** Number of people and teams of whom one must approve. */
  readonly reviewers: number;
  readonly preventsSelfReview: boolean;
  /** Names of the branches that may deploy; undefined: not limited by name. */
  readonly branches: readonly string[] | undefined;
}

export interface ActionsSettings {
  /** Of a workflow's token by default: `read` or `write`. */
  readonly token: string;
  /** `all`, `local_only` or `selected`. */
  readonly allowed: string;
  /** With `selected`: whether actions of others than GitHub are allowed too. */
  readonly allowsOthers: boolean;
  /** Whose pull requests from forks wait for an approval before they run. */
  readonly forkApproval: string;
}

/** The rules that hold on a branch. */
export interface BranchRules {
  readonly reviews: number;
  readonly codeOwners: boolean;
  readonly checks: readonly string[];
  readonly noForcePush: boolean;
}

/** Reads the settings of a repository that docs/ci.md asks for; changes none. */
export interface RepositorySettings {
  defaultBranch(): Promise<string>;
  /** Undefined: it is not set. */
  variable(name: string): Promise<string | undefined>;
  /** Undefined: there is no such environment. */
  environment(name: string): Promise<DeployEnvironment | undefined>;
  actions(): Promise<ActionsSettings>;
  branchRules(branch: string): Promise<BranchRules>;
}

/** Every method rejects with a {@link GithubFailure} when GitHub refuses. */
export function repositorySettings(github: Github, { owner, repo }: Repository): RepositorySettings {
  const asked = async <T>(what: string, requests: () => Promise<T>): Promise<T> =>
    explained({ what: `to read ${what} of ${owner}/${repo}`, permission: "administration: read" }, requests);
  return {
    defaultBranch: async () =>
      asked("the default branch", async () => {
        const { data } = await github.request("GET /repos/{owner}/{repo}", { owner, repo });
        return data.default_branch;
      }),
    variable: async (name) =>
      unlessMissing(
        asked(`the variable ${name}`, async () => {
          const route = "GET /repos/{owner}/{repo}/actions/variables/{name}";
          return (await github.request(route, { owner, repo, name })).data.value;
        }),
      ),
    environment: async (name) =>
      unlessMissing(
        asked(`the environment ${name}`, async () => environmentOf(github, { owner, repo, name })),
      ),
    actions: async () => asked("the settings of Actions", async () => actionsOf(github, { owner, repo })),
    branchRules: async (branch) =>
      asked(`the rules of ${branch}`, async () => {
        const route = "GET /repos/{owner}/{repo}/rules/branches/{branch}";
        return rulesIn((await github.request(route, { owner, repo, branch })).data);
      }),
  };
}

/** GitHub answers 404 where something is not there. */
async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof GithubFailure && error.status === 404) return undefined;
    throw error;
  });
}

async function environmentOf(
  github: Github,
  { owner, repo, name }: Repository & { readonly name: string },
): Promise<DeployEnvironment> {
  const place = { owner, repo, environment_name: name };
  const { data } = await github.request("GET /repos/{owner}/{repo}/environments/{environment_name}", place);
  const rules: readonly ProtectionRule[] = data.protection_rules ?? [];
  const reviews = rules.find(({ type }) => type === "required_reviewers");
  const isByName = data.deployment_branch_policy?.custom_branch_policies === true;
  return {
    reviewers: reviews?.reviewers?.length ?? 0,
    preventsSelfReview: reviews?.prevent_self_review === true,
    branches: isByName ? await branchesOf(github, place) : undefined,
  };
}

async function branchesOf(
  github: Github,
  place: Repository & { readonly environment_name: string },
): Promise<readonly string[]> {
  const route = "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies";
  const { data } = await github.request(route, { ...place, per_page: 100 });
  return data.branch_policies.map(({ name = "" }) => name);
}

async function actionsOf(github: Github, { owner, repo }: Repository): Promise<ActionsSettings> {
  const place = { owner, repo };
  const permissions = "GET /repos/{owner}/{repo}/actions/permissions";
  const [workflow, actions, forks] = await Promise.all([
    github.request(`${permissions}/workflow`, place),
    github.request(permissions, place),
    github.request(`${permissions}/fork-pr-contributor-approval`, place),
  ]);
  const allowed = actions.data.allowed_actions ?? "all";
  return {
    token: workflow.data.default_workflow_permissions,
    allowed,
    allowsOthers:
      allowed === "all" || (allowed === "selected" && (await allowsOthers(github, { owner, repo }))),
    forkApproval: forks.data.approval_policy,
  };
}

async function allowsOthers(github: Github, { owner, repo }: Repository): Promise<boolean> {
  const { data } = await github.request("GET /repos/{owner}/{repo}/actions/permissions/selected-actions", {
    owner,
    repo,
  });
  return data.verified_allowed === true || (data.patterns_allowed ?? []).length > 0;
}

interface ProtectionRule {
  readonly type: string;
  readonly prevent_self_review?: boolean;
  readonly reviewers?: readonly unknown[];
}

interface BranchRule {
  readonly type: string;
  readonly parameters?: {
    readonly required_approving_review_count?: number;
    readonly require_code_owner_review?: boolean;
    readonly required_status_checks?: readonly { readonly context: string }[];
  };
}

/** Several rulesets may hold on one branch; the strictest counts. */
function rulesIn(data: unknown): BranchRules {
  const rules = data as readonly BranchRule[];
  const parameters = rules.flatMap(({ parameters: own }) => own ?? []);
  return {
    reviews: Math.max(0, ...parameters.map(({ required_approving_review_count: count = 0 }) => count)),
    codeOwners: parameters.some(({ require_code_owner_review: required }) => required === true),
    checks: parameters.flatMap(({ required_status_checks: checks = [] }) =>
      checks.map(({ context }) => context),
    ),
    noForcePush: rules.some(({ type }) => type === "non_fast_forward"),
  };
}
