import { accountsOf, type Config } from "@studio-access/config";

/**
 * The environment variables that make the local AWS the AWS of every program that is started with them. Nothing else
 * tells local from real.
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

/** The machine's environment without what it says of AWS: that would point Terraform and the SDKs somewhere else. */
export function withoutAws(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("AWS_"),
    ),
  );
}

/**
 * An AWS config file with a profile per account of the config that names one, so that such a config works against the
 * local AWS as it is. The local AWS takes an account's id for an access key of it. A profile that assumes a role would not
 * do: Terraform asks the real STS for it, whatever the environment says of endpoints.
 */
export function awsConfigFile(config: Config): string {
  const sections = accountsOf(config).flatMap(({ id, credentials }) =>
    "profile" in credentials
      ? [`[profile ${credentials.profile}]\naws_access_key_id = ${id}\naws_secret_access_key = local\n`]
      : [],
  );
  return `# Profiles of the local AWS.\n${sections.join("\n")}`;
}

/** A file for shells: `source` it, and their AWS is the local one. */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
  return `${lines.join("\n")}\n`;
}
