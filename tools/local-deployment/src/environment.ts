import { namedAccounts, type Config } from "@studio-access/config";

/**
 * Environment variables with which a program uses the local AWS. Nothing else distinguishes the local AWS from the real
 * one.
 */
export function awsEnvironment(endpoint: string, region: string, configFile: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Without a key id, which the default profile has: where both are set, AWS's programs take it instead of AWS_PROFILE.
    // With one, `AWS_ACCESS_KEY_ID=222222222222 aws …` is that account.
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
 * An AWS config file with a profile for each account: by its name (`AWS_PROFILE=lob-a aws …`), and by the profile that the
 * config names, so that such a config works unchanged with the local AWS, which accepts an account's id as an access key
 * of that account. Profiles that assume a role cannot be used: Terraform would call the real STS for them, in spite of the
 * endpoint variables.
 */
export function awsConfigFile(config: Config): string {
  const keys = new Map([["default", "local"]]);
  for (const { name, entry } of namedAccounts(config)) {
    keys.set(`profile ${name}`, entry.id);
    if ("profile" in entry.credentials) keys.set(`profile ${entry.credentials.profile}`, entry.id);
  }
  const sections = [...keys].map(
    ([name, key]) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = local\n`,
  );
  return `# Profiles of the local AWS.\n${sections.join("\n")}`;
}

/** A shell script to `source`, which makes the local AWS the shell's AWS. */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  );
  // A profile of the user's own does not exist in the local AWS's file.
  return `unset AWS_PROFILE AWS_ACCESS_KEY_ID AWS_SESSION_TOKEN\n${lines.join("\n")}\n`;
}
