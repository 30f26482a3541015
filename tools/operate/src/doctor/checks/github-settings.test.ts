import { GithubFailure, type RepositorySettings } from "@studio-access/ci/github-settings";
import { sampleConfig } from "@studio-access/config/testing";

import type { Finding } from "../finding";
import { githubCheck } from "./github-settings";

const CI = { repository: "example/studio", defaultBranch: "main", deployEnvironment: "prod" };
const VARIABLES: Readonly<Record<string, string>> = {
  STUDIO_ACCESS_CONFIG: "config/prod.json",
  STUDIO_ACCESS_ENVIRONMENT: "prod",
};

/** A repository that has what docs/ci.md asks for. */
const GOOD: RepositorySettings = {
  defaultBranch: () => Promise.resolve("main"),
  variable: (name) => Promise.resolve(VARIABLES[name]),
  environment: () => Promise.resolve({ reviewers: 1, preventsSelfReview: true, branches: ["main"] }),
  actions: () =>
    Promise.resolve({
      token: "read",
      allowed: "selected",
      allowsOthers: false,
      forkApproval: "all_external_contributors",
    }),
  branchRules: () =>
    Promise.resolve({ reviews: 1, codeOwners: true, checks: ["test", "comment"], noForcePush: true }),
};

async function found(changes: Partial<RepositorySettings> = {}): Promise<readonly Finding[]> {
  const settings = { ...GOOD, ...changes };
  return githubCheck({ ...sampleConfig(), ci: CI }, () => Promise.resolve(settings)).find();
}

async function failures(changes: Partial<RepositorySettings>): Promise<readonly string[]> {
  return (await found(changes)).filter(({ result }) => result === "fail").map(({ detail }) => detail);
}

describe("the settings on GitHub", () => {
  it("are all fine where they are as docs/ci.md says", async () => {
    expect(new Set((await found()).map(({ result }) => result))).toEqual(new Set(["ok"]));
  });

  it.each<[string, Partial<RepositorySettings>, readonly string[]]>([
    [
      "another default branch",
      { defaultBranch: () => Promise.resolve("trunk") },
      ["trunk; the config says main"],
    ],
    [
      "no variables",
      { variable: () => Promise.resolve(undefined) },
      [
        "STUDIO_ACCESS_CONFIG is not set: nothing is planned or deployed",
        "STUDIO_ACCESS_ENVIRONMENT is not set; the config's deployEnvironment is prod",
      ],
    ],
    [
      "no environment",
      { environment: () => Promise.resolve(undefined) },
      ["there is no environment prod: GitHub makes one without rules"],
    ],
    [
      "an open environment",
      {
        environment: () => Promise.resolve({ reviewers: 0, preventsSelfReview: false, branches: undefined }),
      },
      [
        "nobody has to approve a deploy to prod",
        "whoever starts a deploy may approve it",
        "other branches than main may deploy",
      ],
    ],
    [
      "a second branch that may deploy",
      {
        environment: () =>
          Promise.resolve({ reviewers: 1, preventsSelfReview: true, branches: ["main", "feature/*"] }),
      },
      ["other branches than main may deploy"],
    ],
    [
      "open Actions",
      {
        actions: () =>
          Promise.resolve({
            token: "write",
            allowed: "all",
            allowsOthers: true,
            forkApproval: "first_time_contributors",
          }),
      },
      [
        "the token of a workflow may write by default",
        "actions of others than GitHub are allowed, or GitHub's are not",
        "not every outside collaborator's pull request waits",
      ],
    ],
    [
      "a branch without rules",
      {
        branchRules: () =>
          Promise.resolve({ reviews: 0, codeOwners: false, checks: ["test"], noForcePush: false }),
      },
      [
        "a change needs no review",
        "code owners need not approve",
        "not required: the checks comment",
        "a force push is allowed",
      ],
    ],
  ])("fail with %s", async (_what, changes, expected) => {
    await expect(failures(changes)).resolves.toEqual(expected);
  });

  it("that the token may not read are not checked, and the others are", async () => {
    const refused = await found({ actions: () => Promise.reject(new GithubFailure("GitHub refused", 403)) });
    expect(refused.filter(({ result }) => result !== "ok")).toEqual([
      {
        check: "GitHub (Actions)",
        result: "warn",
        detail: "not checked: GitHub refused",
        remedy: "use a token of an administrator of the repository",
      },
    ]);
    expect(refused).toHaveLength(6);
  });

  it("are not checked without a token", async () => {
    const config = { ...sampleConfig(), ci: CI };
    const check = githubCheck(config, () => Promise.reject(new GithubFailure("there is no token")));
    await expect(check.find()).resolves.toMatchObject([
      { check: "GitHub", result: "warn", detail: "not checked: there is no token" },
    ]);
  });

  it("are not looked at without ci in the config", async () => {
    const check = githubCheck(sampleConfig(), () => Promise.reject(new Error("asked")));
    await expect(check.find()).resolves.toMatchObject([
      { result: "warn", detail: "the config has no ci: no workflow deploys" },
    ]);
  });
});
