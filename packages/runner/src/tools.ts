import { join } from "node:path";

import {
  cacheFolder,
  findMoto,
  findTerraform,
  providerInstallation,
  terraformEnvironment,
  writeCliConfig,
} from "@studio-access/toolchain";

export interface ToolOptions {
  /** Folder for Terraform's settings file. */
  readonly directory: string;
  readonly noInstall: boolean;
  /** Told of every download or installation before it begins. */
  readonly announce: (text: string) => void;
}

/** Programs that a local deployment runs. */
export interface Tools {
  readonly terraform: string;
  readonly motoServer: string;
  /** Environment variables by which Terraform and cdktf find their provider. */
  readonly environment: Readonly<Record<string, string>>;
  /** What was found where, for people. */
  readonly summary: string;
}

/** Versions of the AWS provider that the stacks run on; the stacks say the same to Terraform. */
const PROVIDER_VERSIONS = ">= 5.100.0, < 7.0.0";

/**
 * Finds, or gets, what a local deployment needs beside Node.
 *
 * @throws {MissingTool} with the way to install what is missing and may not, or cannot, be got
 */
export async function prepareTools({ directory, noInstall, announce }: ToolOptions): Promise<Tools> {
  const terraform = await findTerraform({ noInstall, announce });
  const moto = await findMoto({ noInstall, announce });
  const installation = await providerInstallation({ constraint: PROVIDER_VERSIONS });
  const cliConfigFile = join(directory, "terraform.rc");
  // A mirror is on this machine already; from the registry, one download has to do for all stacks.
  const cache =
    installation.kind === "registry" ? { pluginCacheDir: join(cacheFolder(process.env), "providers") } : {};
  await writeCliConfig(cliConfigFile, installation, cache);
  return {
    terraform: terraform.path,
    motoServer: moto.path,
    environment: terraformEnvironment({ cliConfigFile, installation, terraform }),
    summary: `Terraform ${terraform.version}, moto ${moto.version}, AWS provider from ${installation.kind === "mirror" ? "a local mirror" : "the registry"}`,
  };
}
