import { CreateTagsCommand, DeleteTagsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { inAccount } from "../aws";
import { domains, rows } from "../what-is-there";
import { withUsers } from "../workflows/administered-config";
import type { Github } from "../workflows/github";

const SHARED = "111111111111";
const LOB_A = "222222222222";
const USERS = "studio-access-local-users";

export async function reviewedPlanIsApplied(github: Github, deployment: LocalDeployment): Promise<void> {
  const config = withUsers(deployment.workspace.config, "user-lob-a", "user-new");
  const { synth, plan, apply } = await github.run("deploy", { kind: "push", config });
  expect([synth, plan, apply]).toMatchObject([
    { result: "success" },
    { result: "success", outputs: { code: "2" } },
    { result: "success", log: expect.stringContaining("lob-a: applied\n") as unknown },
  ]);
  await expect(rows(deployment, SHARED, USERS)).resolves.toContainEqual({ PK: "user-new", LOB: "lob-a" });
  await expect(domains(deployment, LOB_A)).resolves.toEqual({ "studio-lob-a": ["user-lob-a", "user-new"] });
  await deployment.reconfigure(config);
  await expect(deployment.plan("lob-a")).resolves.toEqual({ changed: false, changes: [] });
}

/** Another deploy happens while the plan waits for its approval. */
export async function stalePlanIsNotApplied(github: Github, deployment: LocalDeployment): Promise<void> {
  const { config: deployed } = deployment.workspace;
  const config = withUsers(deployed, "user-lob-a", "user-new", "user-late");
  const { apply } = await github.run("deploy", { kind: "push", config }, async () => {
    await deployment.reconfigure(withUsers(deployed, "user-lob-a", "user-new", "user-first"));
    await deployment.deploy(["lob-a"]);
  });
  expect(apply).toMatchObject({
    result: "failure",
    log: expect.stringMatching(
      /::error::lob-a is not applied: its state was changed after the plan was made, which Terraform calls stale/,
    ) as unknown,
  });
  const users = (await rows(deployment, SHARED, USERS)).map(({ PK }) => PK).sort();
  expect(users).toEqual(["user-first", "user-lob-a", "user-new"]);
}

export async function driftIssueIsOpenedAndClosed(
  github: Github,
  deployment: LocalDeployment,
): Promise<void> {
  const { config } = deployment.workspace;
  const client = new EC2Client(inAccount(deployment, LOB_A));
  const { Vpcs = [] } = await client.send(
    new DescribeVpcsCommand({ Filters: [{ Name: "tag:Project", Values: ["studio-access"] }] }),
  );
  const Resources = Vpcs.map(({ VpcId = "" }) => VpcId);
  await client.send(new CreateTagsCommand({ Resources, Tags: [{ Key: "Owner", Value: "somebody" }] }));
  const changed = await github.run("drift", { kind: "schedule", config });
  expect([changed["look"], changed["issue"]]).toMatchObject([
    { result: "success", outputs: { code: "2" } },
    { result: "success" },
  ]);
  expect(github.rest.issues).toMatchObject([
    { state: "open", title: "Drift", body: expect.stringMatching(/tags\.Owner/) as unknown },
  ]);

  await client.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: "Owner" }] }));
  const unchanged = await github.run("drift", { kind: "schedule", config });
  expect(unchanged["look"]).toMatchObject({ result: "success", outputs: { code: "0" } });
  expect(github.rest.issues).toMatchObject([{ state: "closed" }]);
}
