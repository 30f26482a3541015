import { namesFor } from "./names";
import type { Config } from "../schema";

type Place = Pick<Config, "environment" | "region"> & {
  readonly sharedServices: Pick<Config["sharedServices"], "id">;
};

/**
 * Name of the bucket that the stack `state` makes. The account's id is part of it, since S3 has one namespace for all
 * accounts. It does not depend on where the state is kept: moving the state into the bucket must not rename the bucket.
 */
export function stateBucketName({ environment, sharedServices }: Place): string {
  return namesFor(environment).of("state", sharedServices.id);
}

/** Key of the object that holds a stack's state, in the bucket of `state.bucket`. */
export function stateKey(environment: string, stack: string): string {
  return `studio-access/${environment}/${stack}.tfstate`;
}

/** Name of the bucket's key without `alias/`. */
export function stateKeyName({ environment }: Pick<Place, "environment">): string {
  return namesFor(environment).of("state");
}

/** ARN of the bucket's key by its alias: known before the key exists, and valid as `state.kmsKeyId`. */
export function stateKeyAliasArn(place: Place): string {
  return `arn:aws:kms:${place.region}:${place.sharedServices.id}:alias/${stateKeyName(place)}`;
}
