import type { DeployedConfig } from "@studio-access/local-deployment";

/** One profile per account, as the workflows fill them; one line of business, for time; and a bucket for the state. */
export function administered(config: DeployedConfig): DeployedConfig {
  const profile = (name: string): { readonly profile: string } => ({ profile: `studio-access-${name}` });
  return Object.assign({}, config, {
    onPremise: null,
    stateBucket: true,
    sharedServices: { ...config.sharedServices, credentials: profile("shared") },
    linesOfBusiness: config.linesOfBusiness.slice(0, 1).map((lob) => ({
      ...lob,
      account: { ...lob.account, credentials: profile(lob.name) },
    })),
  });
}

/** The config with its states in that bucket. */
export function withStateInBucket(config: DeployedConfig): DeployedConfig {
  const { environment, region, sharedServices } = config;
  const name = `studio-access-${environment}-state`;
  return Object.assign({}, config, {
    state: {
      backend: "s3",
      bucket: `${name}-${sharedServices.id}`,
      region,
      kmsKeyId: `arn:aws:kms:${region}:${sharedServices.id}:alias/${name}`,
      profile: "studio-access-shared",
    },
  });
}

/** The config with the repository whose workflows get roles. */
export function withRepository(config: DeployedConfig): DeployedConfig {
  const ci = { repository: "example/studio", defaultBranch: "main", deployEnvironment: config.environment };
  return Object.assign({}, config, { ci });
}

/** The config with these users in its line of business. */
export function withUsers(config: DeployedConfig, ...users: readonly string[]): DeployedConfig {
  return { ...config, linesOfBusiness: config.linesOfBusiness.map((lob) => ({ ...lob, users })) };
}
