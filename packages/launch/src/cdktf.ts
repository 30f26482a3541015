import { mkdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { runLogged, tail } from "@studio-access/toolchain";

import { DeployProgress } from "./deploy-progress";
import { type Workspace } from "./workspace";

/** A command that failed, with the end of its log. */
export class CommandFailed extends Error {
  constructor(what: string, logFile: string, end: readonly string[]) {
    super(`${what} failed. The end of its log:\n\n${end.join("\n")}\n\nThe whole log: ${logFile}`);
    this.name = "CommandFailed";
  }
}

export interface CdktfOptions {
  readonly workspace: Workspace;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DeployProgress) => void;
  /** Terraform processes at once; unbounded when absent. */
  readonly parallelism?: number;
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
  const { workspace, environment, signal, parallelism } = options;
  await mkdir(workspace.stateDirectory, { recursive: true });
  const logFile = join(workspace.logs, `cdktf-${verb}.log`);
  const progress = new DeployProgress(verb === "synth" ? new Map() : await resourceCounts(workspace, stacks));
  const changing = [
    "--auto-approve",
    ...(parallelism === undefined ? [] : ["--parallelism", String(parallelism)]),
  ];
  const { code } = await runLogged(
    process.execPath,
    [
      join(workspace.root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf"),
      verb,
      ...stacks,
      "--output",
      relative(workspace.root, workspace.outdir),
      ...(verb === "synth" ? [] : changing),
    ],
    {
      cwd: workspace.root,
      env: { ...environment, STUDIO_ACCESS_CONFIG: workspace.configFile, CI: "1" },
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

/** Number of resources of each stack, as synthesized. */
export async function resourceCounts(
  workspace: Workspace,
  stacks: readonly string[],
): Promise<Map<string, number>> {
  const counts = stacks.map(async (stack): Promise<[string, number]> => {
    const text = await readFile(join(workspace.outdir, "stacks", stack, "cdk.tf.json"), "utf8");
    const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, unknown>> };
    return [stack, Object.values(resource).reduce((sum, byName) => sum + Object.keys(byName).length, 0)];
  });
  return new Map(await Promise.all(counts));
}
