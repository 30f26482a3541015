import type { Config } from "@studio-access/config";
import type { Statement } from "./expected-statements";

/** Reading from the buckets outside of a line of business's account that the config lists. */
export function readOnlyBuckets({ network }: Config, more: object = {}): readonly Statement[] {
  const { readableBuckets = [] } = network;
  if (readableBuckets.length === 0) return [];
  const arns = readableBuckets.map((name) => `arn:aws:s3:::${name}`);
  const statement = { Effect: "Allow", ...more };
  return [
    { ...statement, Action: "s3:GetObject", Resource: arns.map((arn) => `${arn}/*`) },
    { ...statement, Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: arns },
  ];
}
