import { accountsOf, type Config } from "@studio-access/config";

/**
 * Environment variables with which a program uses the local AWS. Nothing else distinguishes the local AWS from the real
 * one.
 */
export function awsEnvironment(endpoint: string, region: string, configFile: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: configFile,
  };
}

/** The environment without AWS variables, which would point Terraform and the SDKs to another AWS. */
export function withoutAws(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("AWS_"),
    ),
  );
}

/**
 * An AWS config file with the profiles that the config names, so that such a config works unchanged with the local AWS,
 * which accepts an account's id as an access key of that account. Profiles that assume a role cannot be used: Terraform
 * would call the real STS for them, in spite of the endpoint variables.
 */
export function awsConfigFile(config: Config): string {
  const sections = accountsOf(config).flatMap(({ id, credentials }) =>
    "profile" in credentials
      ? [`[profile ${credentials.profile}]\naws_access_key_id = ${id}\naws_secret_access_key = local\n`]
      : [],
  );
  return `# Profiles of the local AWS.\n${sections.join("\n")}`;
}

/** A shell script to `source`, which makes the local AWS the shell's AWS. */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
  return `${lines.join("\n")}\n`;
}
