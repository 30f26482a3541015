import { accountsOf, type Config } from "@studio-access/config";

/**
 * Options with which the AWS CLI acts in an account of the config. Where the config names a role instead of a profile, whoever
 * pastes the command has to have its credentials: the AWS CLI has no option for a role.
 */
export function awsOptions(config: Config, account: string | undefined): string {
  const credentials = accountsOf(config).find(({ id }) => id === account)?.credentials;
  const profile =
    credentials !== undefined && "profile" in credentials ? ` --profile ${credentials.profile}` : "";
  return `--region ${config.region}${profile}`;
}
