import { mkdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

import { CONFIG_VARIABLE, dependenciesOf } from "@studio-access/config";
import { synthesizedStack } from "@studio-access/terraform";

import { runLogged } from "../processes/processes";
import { tail } from "../processes/log-tail";

import { DeployProgress } from "./deploy-progress";
import type { StackFolders } from "./stack-folders";

/** A command that failed, with the end of its log. */
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
  /** Terraform processes at once; unbounded when absent. */
  readonly parallelism?: number;
  /** Operations that each Terraform process has under way at once; Terraform's own ten when absent. */
  readonly terraformParallelism?: number;
  /** Whether the stacks are synthesized already, and nothing that they are made of has changed since. */
  readonly isSynthesized?: boolean;
}

/** Synthesizes every stack with `cdktf synth`. */
export async function synth(options: CdktfOptions): Promise<void> {
  await cdktf("synth", [], options);
}

/** Deploys stacks with `cdktf deploy`, which keeps their order. */
export async function deploy(stacks: readonly string[], options: CdktfOptions): Promise<DeployProgress> {
  return cdktf("deploy", stacks, options);
}

/** Destroys stacks with `cdktf destroy`, dependents first. */
export async function destroy(stacks: readonly string[], options: CdktfOptions): Promise<DeployProgress> {
  return cdktf("destroy", stacks, options);
}

async function cdktf(
  verb: "synth" | "deploy" | "destroy",
  stacks: readonly string[],
  options: CdktfOptions,
): Promise<DeployProgress> {
  const { folders, environment, signal } = options;
  await makeStateFolder(folders);
  const logFile = join(folders.logs, `cdktf-${verb}.log`);
  const progress = new DeployProgress(verb === "synth" ? new Map() : await resourceCounts(folders, stacks));
  const { code } = await runLogged(
    process.execPath,
    [
      join(folders.root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"),
      verb,
      ...stacks,
      "--output",
      relative(folders.root, folders.outdir),
      ...(verb === "synth" ? [] : flagsFor(verb, stacks, options)),
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

/** Flags of a command that changes these stacks. */
export function flagsFor(
  verb: "deploy" | "destroy",
  stacks: readonly string[],
  {
    folders: { config },
    parallelism,
    terraformParallelism,
    isSynthesized = false,
  }: Pick<CdktfOptions, "parallelism" | "terraformParallelism" | "isSynthesized"> & {
    readonly folders: Pick<StackFolders, "config">;
  },
): string[] {
  const alone = stacks.some((stack) =>
    dependenciesOf(config, stack).some((needed) => !stacks.includes(needed)),
  );
  return [
    "--auto-approve",
    // Lets a stack be deployed without those that it reads; cdktf then keeps no order. Never for a destroy, which goes
    // without those anyway: there the flag lifts the check that nothing depends on what goes, and with two stacks or
    // more cdktf 0.21 starts the first one over and over, for as long as it runs.
    ...(verb === "deploy" && alone ? ["--ignore-missing-stack-dependencies"] : []),
    ...(isSynthesized ? ["--skip-synth"] : []),
    ...(parallelism === undefined ? [] : ["--parallelism", String(parallelism)]),
    ...(terraformParallelism === undefined ? [] : ["--terraform-parallelism", String(terraformParallelism)]),
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

/** Terraform makes no folder for a local state. */
async function makeStateFolder({ root, config: { state } }: StackFolders): Promise<void> {
  if (state.backend === "local") {
    await mkdir(resolve(root, state.directory), { recursive: true });
  }
}
