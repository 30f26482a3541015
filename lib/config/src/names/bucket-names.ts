/** The bucket that SageMaker's SDK uses where it is told of no other, in an account and region; the name is SageMaker's. */
export function defaultBucketName(region: string, accountId: string): string {
  return `sagemaker-${region}-${accountId}`;
}
