import type { Config } from "@studio-access/config";
import { localConfig } from "./synth-app";

/** The committed example with what the workflows need: state in the stack `state`'s bucket, and a profile per account. */
export function ciConfig(): Config {
  const config = localConfig();
  return {
    ...config,
    stateBucket: true,
    state: {
      backend: "s3",
      bucket: "studio-access-local-state-111111111111",
      region: "eu-west-1",
      kmsKeyId: "arn:aws:kms:eu-west-1:111111111111:alias/studio-access-local-state",
    },
    sharedServices: { ...config.sharedServices, credentials: { profile: "shared-services" } },
    linesOfBusiness: config.linesOfBusiness.map((lob) => ({
      ...lob,
      account: { ...lob.account, credentials: { profile: lob.name } },
    })),
    ci: { repository: "example/studio", defaultBranch: "main", deployEnvironment: "prod" },
  };
}
