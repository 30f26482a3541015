import { stateBucketName, stateKeyAliasArn } from "../names/state-names";
import type { Draft } from "../draft";
import { problem } from "../problem";
import type { Rule } from "./rule";

type S3State = Extract<NonNullable<Draft["state"]>, { readonly backend?: "s3" | undefined }>;

/** The values that identify the bucket of the stack `state`, where the config has what they follow from. */
interface OwnBucket {
  readonly state: S3State;
  readonly name: string;
  readonly region: string;
  readonly keyAlias: string;
}

/** Undefined also where the state is not kept in the bucket yet, or in one that somebody else made. */
function ownBucket({
  environment,
  region,
  sharedServices,
  state,
  stateBucket,
}: Draft): OwnBucket | undefined {
  const id = sharedServices?.id;
  if (stateBucket !== true || state?.backend !== "s3") return undefined;
  if (environment === undefined || region === undefined || id === undefined) return undefined;
  const place = { environment, region, sharedServices: { id } };
  return { state, name: stateBucketName(place), region, keyAlias: stateKeyAliasArn(place) };
}

const keptInOwnBucket: Rule = (draft) => {
  const own = ownBucket(draft);
  if (own === undefined) return [];
  const { bucket, region } = own.state;
  return [
    ...(bucket === undefined || bucket === own.name
      ? []
      : [
          problem(
            ["state", "bucket"],
            bucket,
            "with stateBucket, the state is kept in the bucket that the stack `state` makes",
            `write ${own.name}; or take stateBucket out, if you make the bucket yourself`,
          ),
        ]),
    ...(region === undefined || region === own.region
      ? []
      : [
          problem(
            ["state", "region"],
            region,
            "the stack `state` makes its bucket in the region of all stacks",
            `write ${own.region}`,
          ),
        ]),
  ];
};

const encryptedWithOwnKey: Rule = (draft) => {
  const own = ownBucket(draft);
  if (own === undefined || own.state.kmsKeyId !== undefined) return [];
  return [
    problem(
      ["state", "kmsKeyId"],
      undefined,
      "the bucket of the stack `state` takes nothing that is encrypted with S3's own key, as Terraform asks for without a key",
      `write ${own.keyAlias}`,
    ),
  ];
};

export const stateRules: readonly Rule[] = [keptInOwnBucket, encryptedWithOwnKey];
