import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ProviderInstallation } from "./provider-installation";
import type { Terraform } from "./terraform";

export interface CliConfigOptions {
  /** Terraform's plugin cache, shared by every stack and checkout. Created if absent. */
  readonly pluginCacheDir?: string;
}

/** Writes a Terraform CLI configuration that installs providers from the given source. */
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
      // Without this setting, Terraform uses the cache only for providers in the stack's lock file. A new stack has no lock
      // file, so each would download the provider again. Lock files of synthesized stacks are not kept, so none can break.
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

/** A string in HCL, which has the same escapes as JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

export interface TerraformEnvironmentOptions {
  readonly terraform: Pick<Terraform, "path">;
  readonly installation: ProviderInstallation;
  /** The file that `writeCliConfig` wrote. */
  readonly cliConfigFile: string;
}

/** Variables that make Terraform and cdktf use the CLI configuration, without prompts and without a check for updates. */
export function terraformEnvironment(options: TerraformEnvironmentOptions): Record<string, string> {
  const { terraform, installation, cliConfigFile } = options;
  const variables = {
    TF_CLI_CONFIG_FILE: cliConfigFile,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    // Read by cdktf. Set also for a Terraform on PATH, so that cdktf runs exactly the program whose version was checked.
    TERRAFORM_BINARY_NAME: terraform.path,
    // Otherwise cdktf sets its own plugin cache in the home folder, which overrides the one of the CLI configuration.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  };
  if (installation.kind === "registry") return variables;
  // `terraform providers lock`, which cdktf runs, ignores the CLI configuration and asks the registry without this flag.
  return { ...variables, TF_CLI_ARGS_providers_lock: shellWord(`-fs-mirror=${installation.path}`) };
}

/** Quotes a word for TF_CLI_ARGS_*, which Terraform splits like a shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
