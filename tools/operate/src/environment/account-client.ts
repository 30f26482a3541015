import { fromEnv, fromIni, fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AccountConfig } from "@studio-access/config";
import type { AwsCredentialIdentityProvider } from "@smithy/types";

/** What an SDK client needs to act in one of the config's accounts. */
export interface AccountClientSettings {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
}

/** Settings for SDK clients, with the credentials that Terraform uses for the account. */
export function inAccount(
  { credentials }: Pick<AccountConfig, "credentials">,
  region: string,
): AccountClientSettings {
  if ("profile" in credentials) {
    return { region, credentials: fromIni({ profile: credentials.profile }) };
  }
  return {
    region,
    credentials: fromTemporaryCredentials({
      ...(process.env["AWS_ACCESS_KEY_ID"] === undefined ? {} : { masterCredentials: fromEnv() }),
      params: { RoleArn: credentials.assumeRole, RoleSessionName: "studio-access-operator" },
      clientConfig: { region },
    }),
  };
}
