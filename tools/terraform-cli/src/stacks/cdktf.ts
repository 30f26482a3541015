import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

import { CONFIG_VARIABLE, dependenciesOf } from "@studio-access/config";
import { synthesizedStack } from "@studio-access/terraform";

import { runLogged } from "../processes/processes";
import { tail } from "../processes/log-tail";

import { DeployProgress } from "./deploy-progress";
import type { StackFolders } from "./stack-folders";

/** A command failed; the message holds the end of its log. */
export class CommandFailed extends Error {
  constructor(what: string, logFile: string, end: readonly string[]) {
    super(`${what} failed. The end of its log:\n\n${end.join("\n")}\n\nThe whole log: ${logFile}`);
    this.name = "CommandFailed";
  }
}

export interface CdktfOptions {
  readonly folders: StackFolders;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DeployProgress) => void;
  /** Terraform processes at the same time; no limit when absent. */
  readonly parallelism?: number;
  /** Whether the stacks are already synthesized, and their source has not changed since. */
  readonly isSynthesized?: boolean;
}

/** Deploys stacks with `cdktf deploy`, which follows their dependencies. */
export async function deploy(stacks: readonly string[], options: CdktfOptions): Promise<DeployProgress> {
  return cdktf("deploy", stacks, options);
}

/** Destroys stacks with `cdktf destroy`, dependents first. */
export async function destroy(stacks: readonly string[], options: CdktfOptions): Promise<DeployProgress> {
  return cdktf("destroy", stacks, options);
}

async function cdktf(
  verb: "deploy" | "destroy",
  stacks: readonly string[],
  options: CdktfOptions,
): Promise<DeployProgress> {
  const { folders, environment, signal } = options;
  await makeStateFolder(folders);
  const logFile = join(folders.logs, `cdktf-${verb}.log`);
  const progress = new DeployProgress(await resourceCounts(folders, stacks));
  const { code } = await runLogged(
    process.execPath,
    [
      join(folders.root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"),
      verb,
      ...stacks,
      "--output",
      relative(folders.root, folders.outdir),
      ...flagsFor(verb, stacks, options),
    ],
    {
      cwd: folders.root,
      env: { ...environment, [CONFIG_VARIABLE]: folders.configFile, CI: "1" },
      logFile,
      ...(signal === undefined ? {} : { signal }),
      onLine: (line: string) => {
        progress.read(line);
        options.onProgress?.(progress);
      },
    },
  );
  if (code !== 0) throw new CommandFailed(`cdktf ${verb}`, logFile, await tail(logFile, 30));
  return progress;
}

/** Flags of a deploy or destroy of these stacks. */
export function flagsFor(
  verb: "deploy" | "destroy",
  stacks: readonly string[],
  {
    folders: { config },
    parallelism,
    isSynthesized = false,
  }: Pick<CdktfOptions, "parallelism" | "isSynthesized"> & {
    readonly folders: Pick<StackFolders, "config">;
  },
): string[] {
  const alone = stacks.some((stack) =>
    dependenciesOf(config, stack).some((needed) => !stacks.includes(needed)),
  );
  return [
    "--auto-approve",
    // The lock file is written anew by each synth's `terraform init`, so that hashes for other platforms serve nobody.
    "--skip-provider-lock",
    // Allows the deploy of a stack without the stacks that it depends on; cdktf then ignores the order. Never set for a
    // destroy, which does not need it: there the flag disables the check that no other stack depends on the destroyed one,
    // and with two or more stacks cdktf 0.21 starts the first one again and again.
    ...(verb === "deploy" && alone ? ["--ignore-missing-stack-dependencies"] : []),
    ...(isSynthesized ? ["--skip-synth"] : []),
    ...(parallelism === undefined ? [] : ["--parallelism", String(parallelism)]),
  ];
}

/** Number of resources of each stack, as synthesized. */
export async function resourceCounts(
  folders: StackFolders,
  stacks: readonly string[],
): Promise<Map<string, number>> {
  const counts = stacks.map(async (stack): Promise<[string, number]> => {
    const { resources } = await synthesizedStack(folders.outdir, stack);
    return [stack, resources.filter(({ mode }) => mode === "managed").length];
  });
  return new Map(await Promise.all(counts));
}

/** Terraform does not create the folder of a local state. */
export async function makeStateFolder({ root, config: { state } }: StackFolders): Promise<void> {
  if (state.backend === "local") {
    await mkdir(resolve(root, state.directory), { recursive: true });
  }
}
