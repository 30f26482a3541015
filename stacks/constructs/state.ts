import { relative, resolve } from "node:path";

import { App, LocalBackend, S3Backend, type TerraformStack } from "cdktf";

import { stateKey, type Config } from "@studio-access/config";

/**
 * Keeps the stack's state where the config says: one file, or one locked S3 object, per stack.
 *
 * A local path is written relative to the stack's own output folder, in which Terraform runs, so that the output does
 * not depend on where the checkout lies.
 */
export function keepState(stack: TerraformStack, config: Pick<Config, "state" | "environment">): void {
  const { state, environment } = config;
  if (state.backend === "local") {
    const workingDirectory = resolve(App.of(stack).outdir, "stacks", stack.node.id);
    const path = relative(workingDirectory, resolve(state.directory, `${stack.node.id}.tfstate`));
    new LocalBackend(stack, { path });
    return;
  }
  const backend = new S3Backend(stack, {
    bucket: state.bucket,
    key: stateKey(environment, stack.node.id),
    region: state.region,
    encrypt: true,
    ...(state.kmsKeyId === undefined ? {} : { kmsKeyId: state.kmsKeyId }),
    ...(state.profile === undefined ? {} : { profile: state.profile }),
  });
  // cdktf's class lacks this option. Terraform has it since 1.10, and needs no DynamoDB table for it.
  backend.addOverride("use_lockfile", true);
}
