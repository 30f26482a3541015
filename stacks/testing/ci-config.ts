import { stateBucketName, stateKeyAliasArn, type Config } from "@studio-access/config";

import { localConfig } from "./synth-app";

/** A config with what the workflows need: state in the stack `state`'s bucket, and a profile per account. */
export function ciConfig(config: Config = localConfig()): Config {
  return {
    ...config,
    stateBucket: true,
    state: {
      backend: "s3",
      bucket: stateBucketName(config),
      region: "eu-west-1",
      kmsKeyId: stateKeyAliasArn(config),
    },
    sharedServices: { ...config.sharedServices, credentials: { profile: "shared-services" } },
    linesOfBusiness: config.linesOfBusiness.map((lob) => ({
      ...lob,
      account: { ...lob.account, credentials: { profile: lob.name } },
    })),
    ci: { repository: "example/studio", defaultBranch: "main", deployEnvironment: "prod" },
  };
}
