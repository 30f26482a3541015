import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { LocalDeployment } from "@studio-access/local-deployment";

import { until } from "../shell";
import { operate, type Ended } from "./operator-command";
import { deleteDomainByHand, lobNamed, openSpaces } from "./users-in-studio";

/** Terraform does not know the apps and spaces of users, and AWS does not delete a user profile before them. */
export async function plainDestroyIsRefused(deployment: LocalDeployment, lob: string): Promise<void> {
  await openSpaces(deployment, lobNamed(deployment, lob), 2);
  await expect(deployment.destroy([lob])).rejects.toThrow(
    /ResourceInUse: Unable to delete UserProfile \[[\w-]+\] because it is used by Space \[work-0\]/,
  );
}

/**
 * Removes a line of business that a plain destroy has removed in part. SIGINT comes at the worst moment: the domain is
 * deleted, and with it the only resource that names what it leaves behind.
 *
 * @param before - the inventory from before the first deploy
 */
export async function teardownGoesOnAfterInterruption(
  deployment: LocalDeployment,
  lob: string,
  before: readonly string[],
): Promise<void> {
  const { id } = lobNamed(deployment, lob).account;
  const args = ["--lob", lob, ...confirmed(deployment)];
  const isHalfDone = async (): Promise<void> =>
    until(async () => isDomainDeleted(deployment, id), 5 * 60_000);
  const interrupted = await operate(deployment, "teardown", args, "", isHalfDone);
  expect(interrupted.code).not.toBe(0);
  expect(interrupted.stderr).toContain("Interrupted. Run the teardown again; it goes on from there.");
  const ofAccount = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => line.startsWith(`${id} `));
  expect(ofAccount(await deployment.aws.inventory())).not.toEqual(ofAccount(before));

  expectNothingLeft(await operate(deployment, "teardown", args));
  expect(ofAccount(await deployment.aws.inventory())).toEqual(ofAccount(before));
  await expect(deployment.state(lob)).resolves.toMatchObject({ resources: 0 });
}

/** Shows what users and SageMaker made and what a deletion by hand left behind, and deletes nothing. */
export async function dryRunDeletesNothing(deployment: LocalDeployment): Promise<void> {
  await openSpaces(deployment, lobNamed(deployment, "lob-a"), 2);
  await deleteDomainByHand(deployment, lobNamed(deployment, "lob-b"));
  const there = await deployment.aws.inventory();
  const { code, stdout } = await operate(deployment, "teardown", ["--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toContain("app JupyterLab default in space work-1 (InService)");
  expect(stdout).toContain("space work-1 (InService), with its volume");
  expect(stdout.match(/Studio domain \S+, of which SageMaker left:/g)).toHaveLength(1);
  expect(stdout.match(/home directories fs-/g)).toHaveLength(2);
  expect(stdout.match(/security group security-group-for-(?:in|out)bound-nfs-d-/g)).toHaveLength(4);
  await expect(deployment.aws.inventory()).resolves.toEqual(there);
}

/** @param before - the inventory from before the first deploy */
export async function teardownLeavesNothing(
  deployment: LocalDeployment,
  before: readonly string[],
): Promise<void> {
  expectNothingLeft(await operate(deployment, "teardown", confirmed(deployment)));
  await expect(deployment.aws.inventory()).resolves.toEqual(before);
  for (const stack of deployment.stacks) {
    await expect(deployment.state(stack)).resolves.toMatchObject({ resources: 0 });
  }
}

export function confirmed({ workspace }: LocalDeployment): string[] {
  return ["--confirm", workspace.config.environment];
}

export function expectNothingLeft({ code, stdout, stderr }: Ended): void {
  expect({ code, end: stdout.trimEnd().split("\n").at(-1), stderr }).toEqual({
    code: 0,
    end: "Nothing is left.",
    stderr: "",
  });
}

async function isDomainDeleted({ workspace }: LocalDeployment, account: string): Promise<boolean> {
  const log = await readFile(join(workspace.logs, "requests.jsonl"), "utf8");
  return log
    .split("\n")
    .filter((line) => line.includes('"DeleteDomain"'))
    .map((line) => JSON.parse(line) as { readonly account: string; readonly status: number })
    .some((entry) => entry.account === account && entry.status === 200);
}
