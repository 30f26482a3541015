import { join } from "node:path";

import { AWS_PROVIDER_VERSIONS } from "@studio-access/config";

import { cacheFolder } from "../console/options";
import { findMoto } from "./moto";
import { findTerraform } from "./terraform";
import { providerInstallation } from "./provider-installation";
import { terraformEnvironment, writeCliConfig } from "./cli-config";

export interface ToolOptions {
  /** Folder for Terraform's CLI configuration file. */
  readonly directory: string;
  readonly noInstall: boolean;
  /** Called before every download or installation. */
  readonly announce: (text: string) => void;
}

/** Terraform, and the variables with which Terraform and cdktf find the provider. */
export interface TerraformTools {
  readonly terraform: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What was found and where, as text. */
  readonly summary: string;
}

/** Terraform, and the moto that a local deployment also runs. */
export interface Tools extends TerraformTools {
  readonly motoServer: string;
}

/**
 * Finds or installs the programs that every deployment needs besides Node.
 *
 * @throws {MissingTool} with the ways to install a program that is missing, when installing is forbidden or fails
 */
export async function prepareTerraform({
  directory,
  noInstall,
  announce,
}: ToolOptions): Promise<TerraformTools> {
  const terraform = await findTerraform({ noInstall, announce });
  const installation = await providerInstallation({ constraint: AWS_PROVIDER_VERSIONS });
  const cliConfigFile = join(directory, "terraform.rc");
  // A mirror is already on this machine. From the registry, a plugin cache makes one download serve all stacks.
  const cache =
    installation.kind === "registry" ? { pluginCacheDir: join(cacheFolder(process.env), "providers") } : {};
  await writeCliConfig(cliConfigFile, installation, cache);
  return {
    terraform: terraform.path,
    environment: terraformEnvironment({ cliConfigFile, installation, terraform }),
    summary: `Terraform ${terraform.version}, AWS provider from ${installation.kind === "mirror" ? "a local mirror" : "the registry"}`,
  };
}

/**
 * Finds or installs the programs that a local deployment needs besides Node.
 *
 * @throws {MissingTool} with the ways to install a program that is missing, when installing is forbidden or fails
 */
export async function prepareTools(options: ToolOptions): Promise<Tools> {
  const tools = await prepareTerraform(options);
  const moto = await findMoto({ noInstall: options.noInstall, announce: options.announce });
  return { ...tools, motoServer: moto.path, summary: `${tools.summary}, moto ${moto.version}` };
}
