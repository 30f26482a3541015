import {
  GithubFailure,
  type ActionsSettings,
  type BranchRules,
  type DeployEnvironment,
  type RepositorySettings,
} from "@studio-access/ci/github-settings";
import type { CiConfig, Config } from "@studio-access/config";

import { fail, notChecked, ok, warn, type Check, type Finding } from "../finding";

const CHECK = "GitHub";

/** Names of the jobs without which nothing may be merged. */
const REQUIRED_CHECKS = ["test", "comment"];

const HOW = "docs/ci.md has the command";

/**
 * The settings that docs/ci.md asks for. Without them the workflows plan and deploy nothing, or anybody deploys.
 *
 * @param config undefined: it has problems
 * @param open makes the reader of the config's repository
 */
export function githubCheck(
  config: Config | undefined,
  open: (ci: CiConfig) => Promise<RepositorySettings>,
): Check {
  return {
    name: CHECK,
    find: async () => {
      if (config === undefined) return [notChecked(CHECK, "the config cannot be used")];
      const { ci } = config;
      if (ci === undefined || ci === null)
        return [warn(CHECK, "the config has no ci: no workflow deploys", "add ci, as docs/ci.md says")];
      return told(CHECK, async () => settingFindings(ci, await open(ci)));
    },
  };
}

/** The findings of each setting; one that GitHub does not tell leaves the others. */
async function settingFindings(ci: CiConfig, settings: RepositorySettings): Promise<readonly Finding[]> {
  const found = await Promise.all([
    told(`${CHECK} (default branch)`, async (check) =>
      branchFindings(check, ci, await settings.defaultBranch()),
    ),
    told(`${CHECK} (variables)`, async (check) => [
      configFinding(check, await settings.variable("STUDIO_ACCESS_CONFIG")),
      environmentFinding(check, ci, await settings.variable("STUDIO_ACCESS_ENVIRONMENT")),
    ]),
    told(`${CHECK} (environment)`, async (check) =>
      approvalFindings(check, ci, await settings.environment(ci.deployEnvironment)),
    ),
    told(`${CHECK} (Actions)`, async (check) => actionsFindings(check, await settings.actions())),
    told(`${CHECK} (rules)`, async (check) =>
      ruleFindings(check, await settings.branchRules(ci.defaultBranch)),
    ),
  ]);
  return found.flat();
}

async function told(
  check: string,
  find: (check: string) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await find(check);
  } catch (error) {
    if (!(error instanceof GithubFailure)) throw error;
    return [notChecked(check, error.message, "use a token of an administrator of the repository")];
  }
}

function branchFindings(check: string, { defaultBranch }: CiConfig, found: string): readonly Finding[] {
  if (found === defaultBranch) return [ok(check, found)];
  return [
    fail(check, `${found}; the config says ${defaultBranch}`, "correct ci.defaultBranch, or the repository"),
  ];
}

function configFinding(check: string, found: string | undefined): Finding {
  if (found !== undefined) return ok(check, `STUDIO_ACCESS_CONFIG is ${found}`);
  return fail(check, "STUDIO_ACCESS_CONFIG is not set: nothing is planned or deployed", HOW);
}

function environmentFinding(check: string, ci: CiConfig, found: string | undefined): Finding {
  const { deployEnvironment } = ci;
  if (found === deployEnvironment) return ok(check, `STUDIO_ACCESS_ENVIRONMENT is ${found}`);
  const is = found === undefined ? "is not set" : `is ${found}`;
  return fail(
    check,
    `STUDIO_ACCESS_ENVIRONMENT ${is}; the config's deployEnvironment is ${deployEnvironment}`,
    HOW,
  );
}

function approvalFindings(
  check: string,
  { deployEnvironment, defaultBranch }: CiConfig,
  found: DeployEnvironment | undefined,
): readonly Finding[] {
  if (found === undefined)
    return [fail(check, `there is no environment ${deployEnvironment}: GitHub makes one without rules`, HOW)];
  const { reviewers, preventsSelfReview, branches } = found;
  const isDefaultAlone = branches?.length === 1 && branches[0] === defaultBranch;
  return allOf(check, `${deployEnvironment}: a review, from ${defaultBranch} alone`, [
    [reviewers > 0, `nobody has to approve a deploy to ${deployEnvironment}`],
    [preventsSelfReview, "whoever starts a deploy may approve it"],
    [isDefaultAlone, `other branches than ${defaultBranch} may deploy`],
  ]);
}

function actionsFindings(check: string, settings: ActionsSettings): readonly Finding[] {
  const { token, allowed, allowsOthers, forkApproval } = settings;
  return allOf(check, "a token that reads, actions of GitHub, forks wait for an approval", [
    [token === "read", `the token of a workflow may ${token} by default`],
    [
      allowed === "selected" && !allowsOthers,
      "actions of others than GitHub are allowed, or GitHub's are not",
    ],
    [forkApproval === "all_external_contributors", "not every outside collaborator's pull request waits"],
  ]);
}

function ruleFindings(
  check: string,
  { reviews, codeOwners, checks, noForcePush }: BranchRules,
): readonly Finding[] {
  const missing = REQUIRED_CHECKS.filter((name) => !checks.includes(name));
  return allOf(check, "a review by code owners, the checks, no force push", [
    [reviews > 0, "a change needs no review"],
    [codeOwners, "code owners need not approve"],
    [missing.length === 0, `not required: the checks ${missing.join(", ")}`],
    [noForcePush, "a force push is allowed"],
  ]);
}

/** One finding for each condition that does not hold; one for all where they hold. */
function allOf(
  check: string,
  good: string,
  conditions: readonly (readonly [holds: boolean, otherwise: string])[],
): readonly Finding[] {
  const broken = conditions.filter(([holds]) => !holds);
  return broken.length === 0 ? [ok(check, good)] : broken.map(([, otherwise]) => fail(check, otherwise, HOW));
}
