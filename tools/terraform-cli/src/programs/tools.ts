import { join } from "node:path";

import { AWS_PROVIDER_VERSIONS } from "@studio-access/config";

import { cacheFolder } from "../console/options";
import { findMoto } from "./moto";
import { findTerraform } from "./terraform";
import { providerInstallation } from "./provider-installation";
import { terraformEnvironment, writeCliConfig } from "./cli-config";

export interface ToolOptions {
  /** Folder for Terraform's settings file. */
  readonly directory: string;
  readonly noInstall: boolean;
  /** Told of every download or installation before it begins. */
  readonly announce: (text: string) => void;
}

/** Terraform, and the variables by which it and cdktf find their provider. */
export interface TerraformTools {
  readonly terraform: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What was found where, for people. */
  readonly summary: string;
}

/** What a local deployment runs besides. */
export interface Tools extends TerraformTools {
  readonly motoServer: string;
}

/**
 * Finds, or gets, what every deployment needs beside Node.
 *
 * @throws {MissingTool} with the way to install what is missing and may not, or cannot, be got
 */
export async function prepareTerraform({
  directory,
  noInstall,
  announce,
}: ToolOptions): Promise<TerraformTools> {
  const terraform = await findTerraform({ noInstall, announce });
  const installation = await providerInstallation({ constraint: AWS_PROVIDER_VERSIONS });
  const cliConfigFile = join(directory, "terraform.rc");
  // A mirror is on this machine already; from the registry, one download has to do for all stacks.
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
 * Finds, or gets, what a local deployment needs beside Node.
 *
 * @throws {MissingTool} with the way to install what is missing and may not, or cannot, be got
 */
export async function prepareTools(options: ToolOptions): Promise<Tools> {
  const tools = await prepareTerraform(options);
  const moto = await findMoto({ noInstall: options.noInstall, announce: options.announce });
  return { ...tools, motoServer: moto.path, summary: `${tools.summary}, moto ${moto.version}` };
}
