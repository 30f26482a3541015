import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";

import type { EncryptedContext } from "./account-stack";
import { policyDocument, type Statement } from "./policy-document";

export interface PrivateBucketProps extends EncryptedContext {
  readonly name: string;
  /** What the bucket refuses beside plain HTTP and old TLS, for the bucket's ARN. */
  readonly refusals?: (bucketArn: string) => readonly Statement[];
}

/** A private bucket: versioned, encrypted with a key of our own, reached by TLS alone. A destroy keeps it, or its content goes. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  protected readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { provider, config, refusals } = props;
    const retain = config.dataRetention === "retain";
    const bucket = new S3Bucket(this, "Bucket", {
      provider,
      bucket: props.name,
      forceDestroy: !retain,
      ...(retain ? { lifecycle: { preventDestroy: true } } : {}),
    });
    this.name = bucket.bucket;
    this.arn = bucket.arn;
    this.#keepPrivate(provider, refusals?.(bucket.arn) ?? []);
    this.#encrypt(provider, props.keyArn);
    this.versioning = new S3BucketVersioningA(this, "Versioning", {
      provider,
      bucket: this.name,
      versioningConfiguration: { status: "Enabled" },
    });
  }

  #keepPrivate(provider: AwsProvider, refusals: readonly Statement[]): void {
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
      policy: policyDocument(...tlsOnly(this.arn), ...refusals),
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
}

/** What the bucket refuses to everybody, whatever their own policies allow. It allows nothing by itself. */
function tlsOnly(bucketArn: string): readonly Statement[] {
  const everybody = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
  } as const;
  return [
    { Sid: "NoPlainHttp", ...everybody, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Sid: "NoOldTls", ...everybody, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } },
  ];
}
