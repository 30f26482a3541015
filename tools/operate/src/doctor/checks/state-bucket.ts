import type { DoctorConfig, S3State } from "../doctor-config";
import type { Facts } from "../facts";
import { fail, notChecked, ok, warn, type Check, type Finding } from "../finding";
import { readBucket, type Bucket, type BucketFacts } from "./state-bucket-reader";

const CHECK = "state bucket";

export function bucketFindings(state: S3State, bucket: Bucket, isOurs: boolean): readonly Finding[] {
  if ("missing" in bucket)
    return [
      fail(
        CHECK,
        `${state.bucket}: ${bucket.missing}`,
        isOurs
          ? "the stack `state` makes it while the state is still local: docs/state.md"
          : "make it, or set stateBucket and follow docs/state.md; or name a profile that may use it as state.profile",
      ),
    ];
  return [
    placeFinding(state, bucket),
    versioningFinding(bucket),
    encryptionFinding(state, bucket),
    publicFinding(bucket),
  ];
}

function placeFinding({ bucket, region }: S3State, found: BucketFacts): Finding {
  if (found.region === undefined || found.region === region) return ok(CHECK, `${bucket} is there`);
  return fail(
    CHECK,
    `${bucket} is in ${found.region}, the config says ${region}`,
    `write ${found.region} as state.region`,
  );
}

function versioningFinding({ versioned }: BucketFacts): Finding {
  const check = `${CHECK} (versions)`;
  if (versioned === "?") return notChecked(check, "s3:GetBucketVersioning is denied");
  if (versioned) return ok(check, "old versions are kept");
  return fail(
    check,
    "old versions are not kept: a damaged state would be lost",
    "`aws s3api put-bucket-versioning --versioning-configuration Status=Enabled --bucket …`",
  );
}

function encryptionFinding({ kmsKeyId }: S3State, { encryption }: BucketFacts): Finding {
  const check = `${CHECK} (encryption)`;
  if (encryption === "?") return notChecked(check, "s3:GetEncryptionConfiguration is denied");
  if (encryption === "none")
    return fail(check, "nothing is encrypted by default", "`aws s3api put-bucket-encryption …`");
  if (kmsKeyId !== undefined) return ok(check, `the state with ${kmsKeyId}, by default ${encryption}`);
  if (encryption === "AES256") return ok(check, "S3's own key (AES256)");
  return warn(
    check,
    `${encryption} by default, but without state.kmsKeyId Terraform asks for S3's own key`,
    "write the bucket's key as state.kmsKeyId",
  );
}

function publicFinding({ blocked, isPublic }: BucketFacts): Finding {
  const check = `${CHECK} (public access)`;
  const remedy =
    "`aws s3api put-public-access-block --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true --bucket …`";
  if (isPublic === true) return fail(check, "its policy makes it public: the state holds secrets", remedy);
  if (blocked === "?") return notChecked(check, "s3:GetBucketPublicAccessBlock is denied");
  if (blocked) return ok(check, "blocked in all four ways");
  return fail(check, "not blocked in all four ways, and the state holds secrets", remedy);
}

export function stateBucketCheck(facts: Facts, read = readBucket): Check {
  return {
    name: CHECK,
    find: async () => {
      const config = await facts.config();
      if (!config.known) return [notChecked(CHECK, config.why)];
      return findingsFor(config.value, read);
    },
  };
}

async function findingsFor(
  { state, stateBucket }: DoctorConfig,
  read: typeof readBucket,
): Promise<readonly Finding[]> {
  if (state.backend === "local")
    return [ok(CHECK, `not needed: the state is in ${state.directory}, for this checkout alone`)];
  return bucketFindings(state, await read(state), stateBucket);
}
