import type { Construct } from "constructs";

import { stateBucketName, stateKeyAliasArn, stateKeyName, type Config } from "@studio-access/config";
import { AccountStack, SHARED_SERVICES } from "../constructs/account-stack";
import { EncryptionKey } from "../constructs/encryption-key";
import { publish } from "../constructs/published-outputs";
import { StateBucket } from "./state-bucket";

/**
 * The bucket for Terraform's state, in the shared-services account.
 *
 * It is deployed while the state is still local, its own state with it; docs/state.md moves all of it into the bucket.
 */
export class StateStack extends AccountStack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { config, account: config.sharedServices, alias: SHARED_SERVICES });

    const key = new EncryptionKey(this, "StateKey", {
      ...this.account,
      name: stateKeyName(config),
      description: "Studio Access: Terraform's state",
    });
    const bucket = new StateBucket(this, "State", {
      ...this.account,
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
  }
}
