import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import type { Statement } from "../constructs/policy-document";
import { PrivateBucket } from "../constructs/private-bucket";

/** Old versions of a state that are kept whatever their age: the way back from a state that was damaged unnoticed. */
const VERSIONS_KEPT = 20;

const DAYS_KEPT = 90;

export interface StateBucketProps extends EncryptedContext {
  readonly name: string;
}

/**
 * A private bucket for Terraform's state.
 *
 * State holds secrets, such as the stand-in users' passwords; whoever reads this bucket and its key reads them all.
 */
export class StateBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id, { ...props, refusals: noOtherEncryption });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      provider: props.provider,
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
      dependsOn: [this.versioning],
    });
  }
}

/** Terraform asks for S3's own keys (AES256) where the config names no key, which would pass by the bucket's default. */
function noOtherEncryption(bucketArn: string): readonly Statement[] {
  return [
    {
      Sid: "NoOtherEncryption",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `${bucketArn}/*`,
      Condition: {
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
        Null: { "s3:x-amz-server-side-encryption": "false" },
      },
    },
  ];
}
