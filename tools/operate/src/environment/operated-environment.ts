import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import { chosenConfigFile, loadConfig, stackNames, type Config } from "@studio-access/config";
import { stackFolder } from "@studio-access/terraform";
import {
  plan,
  prepareTerraform,
  synth,
  terraform,
  type PlanResult,
  type StackFolders,
  type TerraformOptions,
  type TerraformTools,
} from "@studio-access/terraform-cli";

import { workingFolder } from "./working-folder";

export interface EnvironmentOptions {
  /** The checkout. */
  readonly root: string;
  /** Who asks: `drift` for `npm run drift`. Its files are kept apart from those of others. */
  readonly command: string;
  /** Default: `STUDIO_ACCESS_CONFIG`, else `config/local.json`. */
  readonly configFile?: string;
  /** Folder with what cdktf has synthesized already; none of the checkout's code runs then. Absent: it is synthesized. */
  readonly synthesized?: string;
  readonly noInstall?: boolean;
  readonly signal?: AbortSignal;
  /** Told of every installation before it begins. */
  readonly announce: (text: string) => void;
}

/**
 * One environment, as an operator works on it: its config, its synthesized stacks, and their state wherever that is kept.
 *
 * Where AWS is, only the environment variables say: with those of a running local deployment (`env.sh`), it is that one.
 */
export class OperatedEnvironment {
  readonly folders: StackFolders;
  /** Folder of the command's files, below what git ignores. */
  readonly directory: string;
  readonly #tools: TerraformTools;
  readonly #signal: AbortSignal | undefined;
  readonly #initialized = new Map<string, Promise<string>>();

  private constructor(
    directory: string,
    folders: StackFolders,
    tools: TerraformTools,
    signal: AbortSignal | undefined,
  ) {
    this.directory = directory;
    this.folders = folders;
    this.#tools = tools;
    this.#signal = signal;
  }

  /** Finds the tools and synthesizes the stacks. @throws {ConfigError} with every problem of the config */
  static async open(options: EnvironmentOptions): Promise<OperatedEnvironment> {
    const { root, command, synthesized, announce, noInstall = false, signal } = options;
    const configFile = chosenConfigFile(options.configFile);
    const config = loadConfig(configFile);
    const directory = workingFolder({ root, configFile, environment: config.environment, command });
    const logs = join(directory, "logs");
    await mkdir(logs, { recursive: true });
    const tools = await prepareTerraform({ directory, noInstall, announce });
    const outdir = resolve(synthesized ?? join(directory, "cdktf.out"));
    const folders = { root, logs, configFile, config, outdir };
    const environment = new OperatedEnvironment(directory, folders, tools, signal);
    if (synthesized === undefined)
      await synth({ folders, environment: environment.variables, ...environment.#abortable() });
    return environment;
  }

  get config(): Config {
    return this.folders.config;
  }

  get stacks(): readonly string[] {
    return stackNames(this.config);
  }

  /** Path of the terraform program. */
  get program(): string {
    return this.#tools.terraform;
  }

  /** Where a stack is synthesized to, and Terraform works. */
  folderOf(stack: string): string {
    return stackFolder(this.folders.outdir, stack);
  }

  /** Environment variables of every program that is started for this environment. */
  get variables(): Readonly<Record<string, string>> {
    const inherited = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    return { ...Object.fromEntries(inherited), ...this.#tools.environment };
  }

  /** What a plan of the stack would change; takes no lock and writes nothing. */
  async plan(stack: string): Promise<PlanResult> {
    await this.#initialize(stack);
    return plan(stack, this.#terraform());
  }

  /** Runs terraform in the stack's folder. @returns what it printed */
  async terraform(stack: string, args: readonly string[]): Promise<string> {
    await this.#initialize(stack);
    return terraform(stack, args, this.#terraform());
  }

  async #initialize(stack: string): Promise<string> {
    // Reconfigured: where the state was when this was last run does not matter.
    const running =
      this.#initialized.get(stack) ??
      terraform(stack, ["init", "-input=false", "-reconfigure", "-no-color"], this.#terraform());
    this.#initialized.set(stack, running);
    return running;
  }

  #terraform(): TerraformOptions {
    return {
      folders: this.folders,
      environment: this.variables,
      terraform: this.#tools.terraform,
      ...this.#abortable(),
    };
  }

  #abortable(): { readonly signal?: AbortSignal } {
    return this.#signal === undefined ? {} : { signal: this.#signal };
  }
}
