import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { withUsers } from "../workflows/administered-config";
import type { Github, PullRequest } from "../workflows/github";
import type { Workflow } from "../workflows/workflow-file";

const SESSIONS = "node --import tsx tools/ci/src/sessions/cli.ts";

export async function pullRequestGetsComment(github: Github, deployment: LocalDeployment): Promise<void> {
  const { synth, plan, comment } = await github.run(
    "plan",
    pullRequest(deployment, "user-lob-a", "user-new"),
  );
  expect([synth, plan, comment]).toMatchObject([
    { result: "success" },
    { result: "success", outputs: { code: "2" } },
    { result: "success" },
  ]);
  expect(github.rest.comments).toHaveLength(1);
  const { body = "" } = github.rest.comments[0] ?? {};
  expect(body).toContain("user-new");
  expect(body).toMatch(/`lob-a` \| 4 \| 0 \| 0 \| 0 /);
}

/** Only its `synth` job runs, which has no credentials. */
export async function forkGetsNoPlan(github: Github, deployment: LocalDeployment): Promise<void> {
  const event = { ...pullRequest(deployment, "user-lob-a"), headRepository: "stranger/studio" };
  const { synth, plan, comment } = await github.run("plan", event);
  expect([synth?.result, plan?.result, comment?.result]).toEqual(["success", "skipped", "skipped"]);
}

/** A branch may change its workflow, and request any role in it. */
export async function pullRequestGetsNoRoleThatChanges(
  github: Github,
  deployment: LocalDeployment,
): Promise<void> {
  const event = pullRequest(deployment, "user-lob-a");
  const { job: refused } = await github.run(asking("apply"), event);
  expect(refused).toMatchObject({
    result: "failure",
    log: expect.stringContaining(
      "account 111111111111 gives this run no session of its apply role (AccessDenied).",
    ) as unknown,
  });

  const { job: given } = await github.run(asking("plan"), event);
  expect(given).toMatchObject({ result: "success" });
  const { endpoint, workspace } = deployment;
  const credentials = await sessionIn(join(given?.folder ?? "", "studio-access-plan-credentials"));
  const client = { endpoint, region: workspace.config.region, credentials };
  const state = {
    Bucket: "studio-access-local-state-111111111111",
    Key: "studio-access/local/access.tfstate",
  };
  await expect(
    new S3Client({ ...client, forcePathStyle: true }).send(new PutObjectCommand({ ...state, Body: "{}" })),
  ).rejects.toMatchObject({ name: "AccessDenied" });
  await expect(
    new EC2Client(client).send(
      new CreateTagsCommand({ Resources: ["vpc-0"], Tags: [{ Key: "A", Value: "b" }] }),
    ),
  ).rejects.toMatchObject({ name: "UnauthorizedOperation" });
}

export async function anotherRepositoryGetsNoSession(
  github: Github,
  deployment: LocalDeployment,
): Promise<void> {
  const event = { ...pullRequest(deployment, "user-lob-a"), repository: "stranger/studio" };
  const { job } = await github.run(asking("plan"), event);
  expect(job).toMatchObject({
    result: "failure",
    log: expect.stringContaining("gives this run no session of its plan role (AccessDenied)") as unknown,
  });
}

/** Removing the only user of the line of business would delete a home directory. */
export async function blockedChangeStopsPullRequest(
  github: Github,
  deployment: LocalDeployment,
): Promise<void> {
  const { plan, comment } = await github.run("plan", pullRequest(deployment, "user-new"));
  expect(plan).toMatchObject({ result: "success", outputs: { code: "3" } });
  expect(comment).toMatchObject({
    result: "failure",
    failedAt: "Fail where a stack could not be planned, or a rule blocks",
  });
  expect(github.rest.comments.map(({ body }) => body)).toEqual([expect.stringContaining("data-loss")]);
}

/** A pull request to the deployed config, with these users instead. */
function pullRequest({ workspace }: LocalDeployment, ...users: readonly string[]): PullRequest {
  return {
    kind: "pull_request",
    config: withUsers(workspace.config, ...users),
    baseConfig: workspace.config,
  };
}

function asking(role: "plan" | "apply"): Workflow {
  const steps = [
    { uses: "actions/checkout@v5" },
    {
      run: `${SESSIONS} --role ${role} --config "$CONFIG"`,
      env: { CONFIG: "${{ vars.STUDIO_ACCESS_CONFIG }}" },
    },
  ];
  return { name: `asking-${role}`, jobs: { job: { permissions: { "id-token": "write" }, steps } } };
}

/** The first session in a credentials file. */
async function sessionIn(
  file: string,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }> {
  const text = await readFile(file, "utf8");
  const value = (name: string): string => new RegExp(`^${name} = (.*)$`, "m").exec(text)?.[1] ?? "";
  return {
    accessKeyId: value("aws_access_key_id"),
    secretAccessKey: value("aws_secret_access_key"),
    sessionToken: value("aws_session_token"),
  };
}
