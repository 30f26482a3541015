import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ProviderInstallation } from "./provider-installation";
import type { Terraform } from "./terraform";

export interface CliConfigOptions {
  /** Keeps providers that were downloaded or unpacked, for every stack and checkout. Made if absent. */
  readonly pluginCacheDir?: string;
}

/** Writes a Terraform CLI configuration that gets providers from the given installation. */
export async function writeCliConfig(
  file: string,
  installation: ProviderInstallation,
  { pluginCacheDir }: CliConfigOptions = {},
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  if (pluginCacheDir !== undefined) await mkdir(pluginCacheDir, { recursive: true });
  await writeFile(file, cliConfig(installation, pluginCacheDir));
}

function cliConfig(installation: ProviderInstallation, pluginCacheDir: string | undefined): string {
  const lines = ["disable_checkpoint = true"];
  if (pluginCacheDir !== undefined) {
    lines.push(
      `plugin_cache_dir = ${quoted(pluginCacheDir)}`,
      // Without it Terraform takes from the cache only what a lock file already lists, and a fresh stack has none: every
      // stack would download the provider again. Lock files of synthesized stacks are not kept, so none is broken.
      "plugin_cache_may_break_dependency_lock_file = true",
    );
  }
  return [...lines, "provider_installation {", ...methods(installation), "}", ""].join("\n");
}

function methods(installation: ProviderInstallation): string[] {
  if (installation.kind === "registry") return ["  direct {}"];
  const mirrored = '["registry.terraform.io/*/*"]';
  return [
    "  filesystem_mirror {",
    `    path    = ${quoted(installation.path)}`,
    `    include = ${mirrored}`,
    "  }",
    "  direct {",
    `    exclude = ${mirrored}`,
    "  }",
  ];
}

/** A string of HCL; its escapes are those of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

export interface TerraformEnvironmentOptions {
  readonly terraform: Pick<Terraform, "path">;
  readonly installation: ProviderInstallation;
  /** The file of `writeCliConfig`. */
  readonly cliConfigFile: string;
}

/** Variables that make Terraform, and cdktf above it, run as `writeCliConfig` says, without a question or a call home. */
export function terraformEnvironment(options: TerraformEnvironmentOptions): Record<string, string> {
  const { terraform, installation, cliConfigFile } = options;
  const variables = {
    TF_CLI_CONFIG_FILE: cliConfigFile,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    // cdktf's variable. Set also for one on PATH: what runs is then the very program whose version was checked.
    TERRAFORM_BINARY_NAME: terraform.path,
    // Else cdktf sets a plugin cache of its own in the home folder, which beats the one of the CLI configuration.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  };
  if (installation.kind === "registry") return variables;
  // `terraform providers lock`, which cdktf runs, asks the registry whatever the CLI configuration says, but for this.
  return { ...variables, TF_CLI_ARGS_providers_lock: shellWord(`-fs-mirror=${installation.path}`) };
}

/** Terraform splits TF_CLI_ARGS_* as a shell does. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
