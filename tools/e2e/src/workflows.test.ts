import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Config } from "@studio-access/config";
import { startDeployment, type LocalDeployment } from "@studio-access/local-deployment";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { calledActions } from "./called-actions";
import { forgetEarlierCommands, operate } from "./stations/operator-command";
import { expectLockToHold, expectStatesInBucket, moveStates } from "./stations/state-bucket";
import {
  anotherRepositoryGetsNoSession,
  blockedChangeStopsPullRequest,
  pullRequestGetsComment,
  pullRequestGetsNoRoleThatChanges,
  forkGetsNoPlan,
} from "./stations/pull-requests";
import {
  driftIssueIsOpenedAndClosed,
  reviewedPlanIsApplied,
  stalePlanIsNotApplied,
} from "./stations/deploy-runs";
import { SharedProvider } from "./shared-provider/shared-provider";
import { administered, withRepository, withStateInBucket } from "./workflows/administered-config";
import { Github } from "./workflows/github";
import { ISSUER } from "./workflows/identity-provider";

// Each KMS key takes ten seconds, and every command of cdktf starts Terraform again.
jest.setTimeout(15 * 60_000);

const SHARED = "111111111111";

/**
 * An environment that the workflows deploy: the state in S3, the workflows' roles, and the workflows' own commands with these
 * roles. Only GitHub is a fake.
 */
describe("Workflows", () => {
  let provider: SharedProvider;
  let github: Github;
  let deployment: LocalDeployment;
  let before: readonly string[];
  let withLocalState: Config;
  const roles = ["ci-access", "ci-access-lob-a"];
  /** Each reads the state of the stack before it, in that stack's present backend. */
  const moved = ["state", "networking", "access"];

  beforeAll(async () => {
    provider = await SharedProvider.start();
    github = await Github.start(() => deployment);
    deployment = await startDeployment({
      name: "e2e-workflows",
      config: "config/local.json",
      change: administered,
      tokenIssuers: { [ISSUER]: github.identity.jwksUrl },
      settledRoute53: true,
    });
    await forgetEarlierCommands(deployment);
    before = await deployment.aws.inventory();
    withLocalState = deployment.workspace.config;
    await deployment.synth();
  });

  afterAll(async () => {
    await deployment.stop();
    await github.stop();
    await provider.stop();
  });

  describe("are prepared by an administrator", () => {
    it("with a bucket, into which the states of the deployed stacks are moved", async () => {
      await deployment.deploy(moved);
      await deployment.reconfigure(withStateInBucket(withLocalState));
      await moveStates(deployment, moved);
      await expectStatesInBucket(deployment, moved);
      await expectLockToHold(deployment, "access");
    });

    it("with the workflows' roles, and a permissions boundary for the roles of all other stacks", async () => {
      await deployment.reconfigure(withRepository(deployment.workspace.config));
      await deployment.deploy([...roles, "networking", "access", "lob-a"]);
    });

    it("with no changes left, and only with calls that the plan role may make", async () => {
      const since = new Date().toISOString();
      const { code, stderr } = await operate(deployment, "plan", []);
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      const known = JSON.parse(
        await readFile(join(checkoutRoot(), "stacks/ci-access/plan-calls.json"), "utf8"),
      ) as Readonly<Record<"sharedServices" | "lineOfBusiness", readonly string[]>>;
      for (const [account, actions] of await calledActions(deployment, since)) {
        const allowed = account === SHARED ? known.sharedServices : known.lineOfBusiness;
        expect([account, [...actions].filter((action) => !allowed.includes(action))]).toEqual([account, []]);
      }
    });

    it("with a state in S3 whose proofs hold", async () => {
      const { code, stdout } = await operate(deployment, "verify", []);
      expect({ code, end: stdout.trimEnd().split("\n").at(-1) }).toEqual({
        code: 0,
        end: expect.stringMatching(/all \d+ cells are as the config calls for/) as unknown,
      });
    });
  });

  describe("plan a pull request", () => {
    it("with a role that only reads, and show its changes in one comment", async () =>
      pullRequestGetsComment(github, deployment));
    it("but not a fork's", async () => forkGetsNoPlan(github, deployment));
    it("without a session of the apply role, and change nothing with the session of the plan role", async () =>
      pullRequestGetsNoRoleThatChanges(github, deployment));
    it("but give another repository no session", async () =>
      anotherRepositoryGetsNoSession(github, deployment));
    it("and fail when a rule blocks the change, which the same comment says", async () =>
      blockedChangeStopsPullRequest(github, deployment));
  });

  describe("deploy", () => {
    it("what was reviewed", async () => reviewedPlanIsApplied(github, deployment));
    it("no plan that has become stale", async () => stalePlanIsNotApplied(github, deployment));
  });

  it("keep an issue open while something is changed by hand", async () =>
    driftIssueIsOpenedAndClosed(github, deployment));

  it("leave nothing behind when everything is destroyed", async () => {
    const torn = await operate(deployment, "teardown", ["--confirm", "local"]);
    expect(torn).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing is left.") as unknown });
    await deployment.destroy(roles);
    await deployment.reconfigure(withLocalState);
    await moveStates(deployment, ["state"]);
    await deployment.destroy(["state"]);
    await expect(deployment.aws.inventory()).resolves.toEqual(before);
  });
});
