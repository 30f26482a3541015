import { relative } from "node:path";

import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { inAccount } from "../aws";
import { shell } from "../shell";

const SHARED = "111111111111";
const BUCKET = `studio-access-local-state-${SHARED}`;
const KEY = `arn:aws:kms:eu-west-1:${SHARED}:alias/studio-access-local-state`;

/**
 * Moves states to the backend that the config names now, with the command of docs/state.md. cdktf plans each stack after
 * its state has moved, and finds no changes.
 */
export async function moveStates({ workspace }: LocalDeployment, stacks: readonly string[]): Promise<void> {
  const output = relative(workspace.root, workspace.outdir);
  const printed = await shell(
    workspace,
    `CI=1 npx cdktf deploy ${stacks.join(" ")} --migrate-state --auto-approve --output ${output}`,
  );
  const applied = [...printed.matchAll(/Apply complete! (Resources: [\w, ]*)/g)].map(([, count]) => count);
  expect(applied).toEqual(stacks.map(() => "Resources: 0 added, 0 changed, 0 destroyed"));
}

/** The bucket holds exactly these states, encrypted with its own key. */
export async function expectStatesInBucket(
  deployment: LocalDeployment,
  stacks: readonly string[],
): Promise<void> {
  const s3 = new S3Client(inAccount(deployment, SHARED));
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  expect(Contents.map(({ Key }) => Key).sort()).toEqual(stacks.map(keyOf).sort());
  for (const stack of stacks) {
    const object = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: keyOf(stack) }));
    expect(object).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY });
  }
  const { Policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket: BUCKET }));
  expect(Policy).toContain("aws:SecureTransport");
}

/** Simulates a running deploy with a lock object beside the state. */
export async function expectLockToHold(deployment: LocalDeployment, stack: string): Promise<void> {
  const s3 = new S3Client(inAccount(deployment, SHARED));
  const plan = (): Promise<string> => deployment.terraform(stack, ["plan", "-input=false", "-no-color"]);
  const lock = { Bucket: BUCKET, Key: `${keyOf(stack)}.tflock` };
  const Body = JSON.stringify({ ID: "5b1c8e0e-0000-4000-8000-000000000000", Who: "somebody else" });
  await s3.send(new PutObjectCommand({ ...lock, Body }));
  await expect(plan()).rejects.toThrow(/Error acquiring the state lock/);
  await s3.send(new DeleteObjectCommand(lock));
  await expect(plan()).resolves.toContain("No changes.");
}

function keyOf(stack: string): string {
  return `studio-access/local/${stack}.tfstate`;
}
