/**
 * Versions of the AWS provider that the stacks may be deployed with: they use nothing that 5.100.0 lacks or that 6 removed
 * (docs/decisions/0002-provider-window.md).
 */
export const AWS_PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";

/** The version that the tests run with, and that is deployed where the config names no other. */
export const TESTED_AWS_PROVIDER = "5.100.0";

/** The version that a config asks for. */
export function awsProviderVersion({
  awsProviderVersion: version = TESTED_AWS_PROVIDER,
}: {
  readonly awsProviderVersion?: string | undefined;
}): string {
  return version;
}
