import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { githubClient } from "./client";
import { repositorySettings, type RepositorySettings } from "./repository-settings";

const REPOSITORY = "/repos/example/studio";
const PERMISSIONS = `${REPOSITORY}/actions/permissions`;

/** Answers by path; anything else is not there. */
let answers: Readonly<Record<string, unknown>>;
let server: Server;

beforeEach(async () => {
  answers = {};
  server = createServer(({ url = "" }, response) => {
    const answer = answers[url.replace(/\?.*/, "")];
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function settings(): RepositorySettings {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const github = githubClient({ token: "a-token", baseUrl, announce: () => undefined, secondMs: 1 });
  return repositorySettings(github, { owner: "example", repo: "studio" });
}

describe("the settings of a repository", () => {
  it("hold the default branch and variables, also those that are not set", async () => {
    answers = {
      [REPOSITORY]: { default_branch: "main" },
      [`${REPOSITORY}/actions/variables/SET`]: { name: "SET", value: "config/prod.json" },
    };
    await expect(settings().defaultBranch()).resolves.toBe("main");
    await expect(settings().variable("SET")).resolves.toBe("config/prod.json");
    await expect(settings().variable("UNSET")).resolves.toBeUndefined();
  });

  it("hold who approves a deploy, and from which branches", async () => {
    const place = `${REPOSITORY}/environments/prod`;
    answers = {
      [place]: {
        protection_rules: [{ type: "required_reviewers", prevent_self_review: true, reviewers: [{}, {}] }],
        deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      },
      [`${place}/deployment-branch-policies`]: { branch_policies: [{ name: "main" }] },
      [`${REPOSITORY}/environments/open`]: { protection_rules: [], deployment_branch_policy: null },
    };
    await expect(settings().environment("prod")).resolves.toEqual({
      reviewers: 2,
      preventsSelfReview: true,
      branches: ["main"],
    });
    await expect(settings().environment("open")).resolves.toEqual({
      reviewers: 0,
      preventsSelfReview: false,
      branches: undefined,
    });
    await expect(settings().environment("none")).resolves.toBeUndefined();
  });

  it.each([
    [{ github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] }, false],
    [{ github_owned_allowed: true, verified_allowed: true }, true],
    [{ github_owned_allowed: true, patterns_allowed: ["example/*"] }, true],
  ])("hold whose actions run: %j", async (selected, allowsOthers) => {
    answers = {
      [PERMISSIONS]: { enabled: true, allowed_actions: "selected" },
      [`${PERMISSIONS}/selected-actions`]: selected,
      [`${PERMISSIONS}/workflow`]: { default_workflow_permissions: "read" },
      [`${PERMISSIONS}/fork-pr-contributor-approval`]: { approval_policy: "all_external_contributors" },
    };
    await expect(settings().actions()).resolves.toEqual({
      token: "read",
      allowed: "selected",
      allowsOthers,
      forkApproval: "all_external_contributors",
    });
  });

  it("hold the rules of a branch, of all rulesets together", async () => {
    answers = {
      [`${REPOSITORY}/rules/branches/main`]: [
        {
          type: "pull_request",
          parameters: { required_approving_review_count: 1, require_code_owner_review: true },
        },
        {
          type: "required_status_checks",
          parameters: { required_status_checks: [{ context: "test" }, { context: "comment" }] },
        },
        { type: "non_fast_forward" },
      ],
    };
    await expect(settings().branchRules("main")).resolves.toEqual({
      reviews: 1,
      codeOwners: true,
      checks: ["test", "comment"],
      noForcePush: true,
    });
  });

  it("reject, with what was asked, when GitHub refuses", async () => {
    await expect(settings().defaultBranch()).rejects.toThrow(
      "GitHub refused to read the default branch of example/studio (404: Not Found).",
    );
  });
});
