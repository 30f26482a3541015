import {
  GetBucketEncryptionCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { fromIni } from "@aws-sdk/credential-providers";

import { awsFailure, isAccessDenied } from "../aws-failure";
import type { S3State } from "../doctor-config";
import { FAIL_FAST } from "../facts";

/** A setting of the bucket; `"?"` when the credentials may not read it. */
type Setting<Value> = Value | "?";

/** A bucket as the credentials of the backend see it. */
export interface BucketFacts {
  /** Undefined when S3 does not return it. */
  readonly region: string | undefined;
  readonly versioned: Setting<boolean>;
  /** Default encryption: `aws:kms`, `AES256`, or `none`. */
  readonly encryption: Setting<string>;
  /** Whether all four settings of Block Public Access are on. */
  readonly blocked: Setting<boolean>;
  /** Whether the bucket policy makes it public. */
  readonly isPublic: Setting<boolean>;
}

/** A bucket, or why it cannot be used. */
export type Bucket = BucketFacts | { readonly missing: string };

/** Reads with the credentials that Terraform's backend uses: `state.profile`, else those of the environment. */
export async function readBucket({ bucket, region, profile }: S3State): Promise<Bucket> {
  const client = new S3Client({
    region,
    ...FAIL_FAST,
    ...(profile === undefined ? {} : { credentials: fromIni({ profile }) }),
  });
  const Bucket = bucket;
  try {
    const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket }));
    const [versioned, encryption, blocked, isPublic] = await Promise.all([
      asked(async () => (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status === "Enabled"),
      asked(() => defaultEncryption(client, bucket), "none"),
      asked(() => isBlocked(client, bucket), false),
      asked(
        async () =>
          (await client.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic === true,
        false,
      ),
    ]);
    return { region: BucketRegion, versioned, encryption, blocked, isPublic };
  } catch (error) {
    const missing = whyMissing(error);
    if (missing === undefined) throw error;
    return { missing };
  }
}

/** HeadBucket responds without a body, so the SDK derives the error's name from the status. */
function whyMissing(error: unknown): string | undefined {
  const failure = awsFailure(error);
  if (failure === undefined) return undefined;
  const { name } = error as Error;
  if (name === "NotFound") return "there is no such bucket";
  if (name === "301" || name === "PermanentRedirect") return "it is in another region than state.region says";
  if (isAccessDenied(error)) return "it is another account's, or the credentials may not use it";
  return failure;
}

async function defaultEncryption(client: S3Client, bucket: string): Promise<string> {
  const { ServerSideEncryptionConfiguration } = await client.send(
    new GetBucketEncryptionCommand({ Bucket: bucket }),
  );
  const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
  return rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "none";
}

async function isBlocked(client: S3Client, bucket: string): Promise<boolean> {
  const { PublicAccessBlockConfiguration: block } = await client.send(
    new GetPublicAccessBlockCommand({ Bucket: bucket }),
  );
  return [
    block?.BlockPublicAcls,
    block?.BlockPublicPolicy,
    block?.IgnorePublicAcls,
    block?.RestrictPublicBuckets,
  ].every((on) => on === true);
}

/** The setting; `whenUnset` when the bucket has none; `"?"` when the credentials may not read it. */
async function asked<Value>(ask: () => Promise<Value>, whenUnset?: Value): Promise<Setting<Value>> {
  try {
    return await ask();
  } catch (error) {
    if (isAccessDenied(error)) return "?";
    // NoSuchPublicAccessBlockConfiguration, ServerSideEncryptionConfigurationNotFoundError, NoSuchBucketPolicy.
    if (whenUnset !== undefined && error instanceof Error && /^NoSuch|NotFound/.test(error.name))
      return whenUnset;
    throw error;
  }
}
