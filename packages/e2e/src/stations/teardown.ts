import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import {
  CreateAppCommand,
  CreateSpaceCommand,
  DeleteDomainCommand,
  DeleteUserProfileCommand,
  ListDomainsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { DeployedConfig, LocalDeployment } from "@studio-access/launch";

import { inAccount } from "../aws";
import { operate } from "./operator-command";

type Lob = DeployedConfig["linesOfBusiness"][number];

/** More than one page of what SageMaker lists by default. */
const SPACES = 11;

/** Without a teardown: Terraform deletes the domain, and AWS refuses the VPC in which SageMaker left its groups. */
export async function plainDestroyIsRefused(deployment: LocalDeployment): Promise<void> {
  const { code, output } = await destroyUntilRefused(deployment, lobAt(deployment, -1));
  expect(code).toBe(1);
  expect(output).toMatch(/deleting EC2 VPC \(vpc-\w+\).*DependencyViolation/);
}

/** Shows what users made, what SageMaker made, and what somebody's deletion by hand left; and deletes none of it. */
export async function dryRunDeletesNothing(deployment: LocalDeployment): Promise<void> {
  await openSpaces(deployment, lobAt(deployment, 0), SPACES);
  await deleteDomainByHand(deployment, lobAt(deployment, 1));
  const before = await deployment.aws.inventory();
  const { code, stdout } = await operate(deployment, "teardown", ["--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toContain(`app JupyterLab default in space work-${SPACES - 1} (InService)`);
  expect(stdout).toContain(`space work-${SPACES - 1} (InService), with its volume`);
  expect(stdout.match(/Studio domain \S+, of which SageMaker left:/g)).toHaveLength(2);
  expect(stdout.match(/home directories fs-/g)).toHaveLength(2);
  expect(stdout.match(/security group security-group-for-(?:in|out)bound-nfs-d-/g)).toHaveLength(6);
  await expect(deployment.aws.inventory()).resolves.toEqual(before);
}

/** Nobody is asked where no terminal is, so it has to be said that this environment is meant. */
export async function teardownAsksFirst(deployment: LocalDeployment): Promise<void> {
  const before = await deployment.aws.inventory();
  const { code, stderr } = await operate(deployment, "teardown", ["--lob", lobAt(deployment, 0).name]);
  expect(code).toBe(1);
  expect(stderr).toContain(`confirm with: --confirm ${deployment.workspace.config.environment}`);
  await expect(deployment.aws.inventory()).resolves.toEqual(before);
}

/** @param before - the inventory from before the first deploy */
export async function teardownLeavesNothing(
  deployment: LocalDeployment,
  before: readonly string[],
): Promise<void> {
  const { environment } = deployment.workspace.config;
  const { code, stdout, stderr } = await operate(deployment, "teardown", ["--confirm", environment]);
  expect({ code, end: stdout.trimEnd().split("\n").at(-1), stderr }).toMatchObject({
    code: 0,
    end: "Nothing is left.",
  });
  await expect(deployment.aws.inventory()).resolves.toEqual(before);
  for (const stack of deployment.stacks) {
    await expect(deployment.state(stack)).resolves.toMatchObject({ resources: 0 });
  }
}

function lobAt({ workspace }: LocalDeployment, index: number): Lob {
  const lob = workspace.config.linesOfBusiness.at(index);
  if (lob === undefined) throw new Error("the config has too few lines of business");
  return lob;
}

/** What a user does in Studio: opens spaces, and an app in each. Terraform learns of neither. */
async function openSpaces(deployment: LocalDeployment, lob: Lob, count: number): Promise<void> {
  const client = new SageMakerClient(inAccount(deployment, lob.account.id));
  const DomainId = await onlyDomain(client);
  for (let index = 0; index < count; index += 1) {
    const SpaceName = `work-${index}`;
    await client.send(
      new CreateSpaceCommand({
        DomainId,
        SpaceName,
        OwnershipSettings: { OwnerUserProfileName: lob.users[0] },
        SpaceSharingSettings: { SharingType: "Private" },
      }),
    );
    await client.send(
      new CreateAppCommand({ DomainId, SpaceName, AppType: "JupyterLab", AppName: "default" }),
    );
  }
}

/** What somebody does in the console: deletes a domain beside Terraform, and keeps the home directories. */
async function deleteDomainByHand(deployment: LocalDeployment, { account, users }: Lob): Promise<void> {
  const client = new SageMakerClient(inAccount(deployment, account.id));
  const DomainId = await onlyDomain(client);
  for (const UserProfileName of users) {
    await client.send(new DeleteUserProfileCommand({ DomainId, UserProfileName }));
  }
  await client.send(new DeleteDomainCommand({ DomainId, RetentionPolicy: { HomeEfsFileSystem: "Retain" } }));
}

async function onlyDomain(client: SageMakerClient): Promise<string> {
  const { Domains = [] } = await client.send(new ListDomainsCommand({}));
  const [domain, ...others] = Domains;
  if (domain?.DomainId === undefined || others.length > 0) {
    throw new Error(`expected one domain in the account, found ${Domains.length}`);
  }
  return domain.DomainId;
}

/** Ends Terraform with Ctrl-C once AWS has refused to delete the VPC: it would repeat that for five minutes. */
async function destroyUntilRefused(
  deployment: LocalDeployment,
  { name, account }: Lob,
): Promise<{ readonly code: number; readonly output: string }> {
  const { workspace } = deployment;
  const script = `source "$1" && cd "$2" && exec "$TERRAFORM_BINARY_NAME" destroy -auto-approve -input=false -no-color 2>&1`;
  const places = [join(workspace.directory, "env.sh"), join(workspace.outdir, "stacks", name)];
  const child = spawn("bash", ["-c", script, "bash", ...places], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? -1);
    });
  });
  while (child.exitCode === null && !(await isVpcDeletionRefused(deployment, account.id))) await delay(500);
  child.kill("SIGINT");
  return { code: await ended, output };
}

async function isVpcDeletionRefused({ workspace }: LocalDeployment, account: string): Promise<boolean> {
  const log = await readFile(join(workspace.logs, "requests.jsonl"), "utf8");
  return log
    .split("\n")
    .filter((line) => line.includes('"DeleteVpc"'))
    .map((line) => JSON.parse(line) as { readonly account: string; readonly status: number })
    .some((entry) => entry.account === account && entry.status === 400);
}
