import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import type { StackFolders } from "@studio-access/terraform-cli";

import { withLobs } from "./lob-count";

/** The folders of one local deployment. */
export interface Workspace extends StackFolders {
  /** Folder of the logs, the generated config and Terraform's CLI configuration. */
  readonly directory: string;
  /** Folder of the state files. */
  readonly stateDirectory: string;
}

export interface WorkspaceOptions {
  readonly root: string;
  readonly configFile: string;
  /** Number of lines of business in a generated config; absent: the config's own. */
  readonly lobs?: number;
  /** Name of a deployment beside the default one, with separate files and a separate state. */
  readonly name?: string;
}

/** Folder below the checkout for everything that a local deployment writes; ignored by git. */
export const SCRATCH = ".studio-access";

/** The folders of a local deployment, whether or not they exist yet. */
export function workspaceOf(options: WorkspaceOptions): Workspace {
  const { root, name, configFile } = options;
  const directory = join(root, SCRATCH, name ?? "local");
  const config = loadConfig(configFile);
  return {
    root,
    directory,
    logs: join(directory, "logs"),
    configFile,
    config,
    outdir: name === undefined ? join(root, "cdktf.out") : join(directory, "cdktf.out"),
    stateDirectory: stateFolder(root, config),
  };
}

/**
 * Prepares the files of a local deployment. The state of an earlier one is moved away, since its local AWS no longer exists.
 *
 * @throws {Error} when the config's state is not in the scratch folder, since it may belong to a real environment
 */
export async function prepareWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const given = workspaceOf(options);
  await rm(given.logs, { recursive: true, force: true });
  await mkdir(given.logs, { recursive: true });
  // Terraform's working folders record the backend of an earlier config, and Terraform refuses another one.
  await rm(join(given.outdir, "stacks"), { recursive: true, force: true });

  let { config } = given;
  if (options.lobs !== undefined) config = withLobs(config, options.lobs);
  if (options.name !== undefined) {
    config = { ...config, state: { backend: "local", directory: `${SCRATCH}/${options.name}/state` } };
  }
  const stateDirectory = scratchState(given.root, config, given.configFile);
  await setAside(stateDirectory);
  const workspace = { ...given, stateDirectory };
  return config === given.config ? workspace : writeConfig(workspace, config);
}

/** Writes another config into the workspace. @returns the workspace with that config */
export async function writeConfig(workspace: Workspace, config: Config): Promise<Workspace> {
  const configFile = join(workspace.directory, "config.json");
  await writeFile(configFile, `${JSON.stringify(config, null, 2)}\n`);
  return { ...workspace, config, configFile };
}

/** Folder of a local state; for any other backend, the checkout. */
function stateFolder(root: string, { state }: Config): string {
  return state.backend === "local" ? resolve(root, state.directory) : root;
}

function scratchState(root: string, config: Config, configFile: string): string {
  const { state } = config;
  const directory = stateFolder(root, config);
  const inScratch = relative(join(root, SCRATCH), directory);
  if (
    state.backend !== "local" ||
    inScratch === "" ||
    inScratch.startsWith(`..${sep}`) ||
    inScratch === ".."
  ) {
    throw new Error(
      `${configFile} keeps its state in ${state.backend === "local" ? directory : state.backend}, which may be a real ` +
        `environment's. The local AWS is deployed only from a config with a local state below ${SCRATCH}/, such as config/local.json.`,
    );
  }
  return directory;
}

async function setAside(directory: string): Promise<void> {
  const exists = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  const previous = `${directory}.previous`;
  await rm(previous, { recursive: true, force: true });
  await rename(directory, previous);
}
