import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { stateBucketName, stateKeyAliasArn, stateKeyName, type Config } from "@studio-access/config";
import { accountProvider } from "../constructs/account-provider";
import { EncryptionKey } from "../constructs/encryption-key";
import { publish } from "../constructs/published-outputs";
import { keepState } from "../constructs/state";
import { RequireExplicitProvider } from "../guards/require-explicit-provider";
import { StateBucket } from "./state-bucket";

/**
 * The bucket for Terraform's state, in the shared-services account.
 *
 * It is deployed while the state is still local, its own state with it; docs/state.md moves all of it into the bucket.
 */
export class StateStack extends TerraformStack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    keepState(this, config);
    const provider = accountProvider(this, "shared-services", config.sharedServices, config);

    const key = new EncryptionKey(this, "StateKey", {
      provider,
      accountId: config.sharedServices.id,
      config,
      name: stateKeyName(config),
      description: "Studio Access: Terraform's state",
    });
    const bucket = new StateBucket(this, "State", {
      provider,
      config,
      name: stateBucketName(config),
      keyArn: key.arn,
    });
    publish(this, {
      state_bucket: [bucket.name, "Name of the bucket: state.bucket of the config."],
      state_kms_key_id: [
        stateKeyAliasArn(config),
        "Key of the bucket, by its alias: state.kmsKeyId of the config.",
      ],
    });
    Aspects.of(this).add(new RequireExplicitProvider());
  }
}
