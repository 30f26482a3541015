import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";

import { awsProviderVersion, type AccountConfig, type Config } from "@studio-access/config";

/**
 * The provider of one account. Always aliased: without a default provider, Terraform too refuses a resource that
 * names none.
 */
export function accountProvider(
  stack: TerraformStack,
  alias: string,
  account: AccountConfig,
  config: Pick<Config, "region" | "environment" | "tags" | "awsProviderVersion">,
): AwsProvider {
  stack.addOverride("terraform.required_providers.aws.version", awsProviderVersion(config));
  const { credentials } = account;
  return new AwsProvider(stack, `Account-${alias}`, {
    alias: alias.replaceAll("-", "_"),
    region: config.region,
    // The plan fails before it reads anything when the credentials belong to another account.
    allowedAccountIds: [account.id],
    ...("profile" in credentials
      ? { profile: credentials.profile }
      : { assumeRole: [{ roleArn: credentials.assumeRole, sessionName: "studio-access" }] }),
    defaultTags: [
      {
        tags: {
          ...config.tags,
          Project: "studio-access",
          Environment: config.environment,
          "studio-access:stack": stack.node.id,
        },
      },
    ],
  });
}
