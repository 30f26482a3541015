import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import { policyDocument } from "../constructs/policy-document";

/** Old versions of a state that are kept whatever their age: the way back from a state that was damaged unnoticed. */
const VERSIONS_KEPT = 20;

const DAYS_KEPT = 90;

export interface StateBucketProps extends EncryptedContext {
  readonly name: string;
}

/**
 * A private bucket for Terraform's state: versioned, encrypted with a key of our own, reached by TLS alone.
 *
 * State holds secrets, such as the stand-in users' passwords; whoever reads this bucket and its key reads them all.
 */
export class StateBucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { provider, config } = props;
    const retain = config.dataRetention === "retain";
    const bucket = new S3Bucket(this, "Bucket", {
      provider,
      bucket: props.name,
      forceDestroy: !retain,
      ...(retain ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.name = bucket.bucket;
    this.arn = bucket.arn;
    this.#keepPrivate(provider);
    this.#encrypt(provider, props.keyArn);
    this.#keepVersions(provider);
  }

  #keepPrivate(provider: AwsProvider): void {
    new S3BucketOwnershipControls(this, "Ownership", {
      provider,
      bucket: this.name,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const block = new S3BucketPublicAccessBlock(this, "PublicAccess", {
      provider,
      bucket: this.name,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketPolicy(this, "Policy", {
      provider,
      bucket: this.name,
      policy: refusals(this.arn),
      // S3 takes one change of a bucket's settings at a time, and refuses a second with OperationAborted.
      dependsOn: [block],
    });
  }

  #encrypt(provider: AwsProvider, kmsMasterKeyId: string): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      provider,
      bucket: this.name,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId },
          // One call to KMS for many objects.
          bucketKeyEnabled: true,
        },
      ],
    });
  }

  #keepVersions(provider: AwsProvider): void {
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      provider,
      bucket: this.name,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      provider,
      bucket: this.name,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          // An empty filter is the whole bucket.
          filter: [{}],
          noncurrentVersionExpiration: [
            { noncurrentDays: DAYS_KEPT, newerNoncurrentVersions: VERSIONS_KEPT },
          ],
          // Every lock is an object that is created and deleted, which leaves a delete marker.
          expiration: [{ expiredObjectDeleteMarker: true }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}

/** What the bucket refuses to everybody, whatever their own policies allow. It allows nothing by itself. */
function refusals(bucketArn: string): string {
  const everybody = { Effect: "Deny", Principal: "*" } as const;
  const everywhere = { Action: "s3:*", Resource: [bucketArn, `${bucketArn}/*`] };
  return policyDocument(
    {
      Sid: "NoPlainHttp",
      ...everybody,
      ...everywhere,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "NoOldTls",
      ...everybody,
      ...everywhere,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
    {
      // Terraform asks for S3's own keys (AES256) where the config names no key, which would pass by the bucket's default.
      Sid: "NoOtherEncryption",
      ...everybody,
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: {
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
        Null: { "s3:x-amz-server-side-encryption": "false" },
      },
    },
  );
}
