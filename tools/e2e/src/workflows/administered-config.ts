import type { Config } from "@studio-access/config";

/** A config with a profile per account, which the workflows fill, one line of business to save time, and a state bucket. */
export function administered(config: Config): Config {
  const profile = (name: string): { readonly profile: string } => ({ profile: `studio-access-${name}` });
  return {
    ...config,
    onPremise: null,
    stateBucket: true,
    sharedServices: { ...config.sharedServices, credentials: profile("shared") },
    linesOfBusiness: config.linesOfBusiness.slice(0, 1).map((lob) => ({
      ...lob,
      account: { ...lob.account, credentials: profile(lob.name) },
    })),
  };
}

/** The config with its states in the bucket. */
export function withStateInBucket(config: Config): Config {
  const { environment, region, sharedServices } = config;
  const name = `studio-access-${environment}-state`;
  return {
    ...config,
    state: {
      backend: "s3",
      bucket: `${name}-${sharedServices.id}`,
      region,
      kmsKeyId: `arn:aws:kms:${region}:${sharedServices.id}:alias/${name}`,
      profile: "studio-access-shared",
    },
  };
}

/** The config with the repository whose workflows get roles. */
export function withRepository(config: Config): Config {
  const ci = { repository: "example/studio", defaultBranch: "main", deployEnvironment: config.environment };
  return { ...config, ci };
}

/** The config with these users in its line of business. */
export function withUsers(config: Config, ...users: readonly string[]): Config {
  return { ...config, linesOfBusiness: config.linesOfBusiness.map((lob) => ({ ...lob, users: [...users] })) };
}
