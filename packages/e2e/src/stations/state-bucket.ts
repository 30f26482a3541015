import { relative } from "node:path";

import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import type { LocalDeployment } from "@studio-access/launch";

import { inAccount } from "../aws";
import { shell } from "../shell";
import { terraformValidate } from "../terraform-validate";

const SHARED = "111111111111";
const BUCKET = `studio-access-local-state-${SHARED}`;
const KEY = `arn:aws:kms:eu-west-1:${SHARED}:alias/studio-access-local-state`;
const IN_S3 = { backend: "s3", bucket: BUCKET, region: "eu-west-1", kmsKeyId: KEY };

/** Each reads the state of the one before, wherever that is then. */
const STACKS = ["state", "networking", "access"];

/**
 * docs/state.md, from the first step to the way back, with the commands that it gives: the bucket, the states into it,
 * a lock that holds, the states back, the bucket gone.
 */
export async function stateMovesIntoItsBucketAndBack(deployment: LocalDeployment): Promise<void> {
  const { config } = deployment.workspace;
  const local = Object.assign({}, config, { stateBucket: true });
  await deployment.reconfigure(local);
  await expect(terraformValidate(deployment, "state")).resolves.toEqual({ valid: true, errors: [] });
  await deployment.deploy(["state"]);
  await expect(deployment.plan("state")).resolves.toEqual({ changed: false, changes: [] });

  await deployment.reconfigure(Object.assign({}, local, { state: IN_S3 }));
  await move(deployment);
  const s3 = new S3Client(inAccount(deployment, SHARED));
  await expectStatesIn(s3);
  await expectLockToHold(deployment, s3);

  await deployment.reconfigure(local);
  await move(deployment);
  await deployment.destroy(["state"]);
  await deployment.reconfigure(config);
}

/** The one command of the page. cdktf plans each stack after its state has moved, and finds nothing to do. */
async function move({ workspace }: LocalDeployment): Promise<void> {
  const output = relative(workspace.root, workspace.outdir);
  const printed = await shell(
    workspace,
    `CI=1 npx cdktf deploy ${STACKS.join(" ")} --migrate-state --auto-approve --output ${output}`,
  );
  const applied = [...printed.matchAll(/Apply complete! (Resources: [\w, ]*)/g)].map(([, count]) => count);
  expect(applied).toEqual(STACKS.map(() => "Resources: 0 added, 0 changed, 0 destroyed"));
}

async function expectStatesIn(s3: S3Client): Promise<void> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  expect(Contents.map(({ Key }) => Key).sort()).toEqual(STACKS.map(keyOf).sort());
  for (const stack of STACKS) {
    const object = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: keyOf(stack) }));
    expect(object).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: KEY });
  }
  const { Policy = "" } = await s3.send(new GetBucketPolicyCommand({ Bucket: BUCKET }));
  expect(Policy).toContain("aws:SecureTransport");
}

/** As if somebody were deploying: the lock is an object beside the state. */
async function expectLockToHold(deployment: LocalDeployment, s3: S3Client): Promise<void> {
  const plan = (): Promise<string> => deployment.terraform("access", ["plan", "-input=false", "-no-color"]);
  const lock = { Bucket: BUCKET, Key: `${keyOf("access")}.tflock` };
  const Body = JSON.stringify({ ID: "5b1c8e0e-0000-4000-8000-000000000000", Who: "somebody else" });
  await s3.send(new PutObjectCommand({ ...lock, Body }));
  await expect(plan()).rejects.toThrow(/Error acquiring the state lock/);
  await s3.send(new DeleteObjectCommand(lock));
  await expect(plan()).resolves.toContain("No changes.");
}

function keyOf(stack: string): string {
  return `studio-access/local/${stack}.tfstate`;
}
