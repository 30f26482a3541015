import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import { chosenConfigFile, dependenciesOf, loadConfig, stackNames, type Config } from "@studio-access/config";
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

import { ensureAws } from "./aws-access";
import { ensureWholeStates } from "./cut-state";
import { workingFolder } from "./working-folder";

export interface EnvironmentOptions {
  /** Path of the checkout. */
  readonly root: string;
  /** Name of the command, such as `drift`. Each command has a folder of its own. */
  readonly command: string;
  /** Default: `STUDIO_ACCESS_CONFIG`, else `config/local.json`. */
  readonly configFile?: string | undefined;
  /** Folder with stacks that cdktf has synthesized already, so that none of the checkout's code runs. Absent: synthesizes. */
  readonly synthesized?: string | undefined;
  /** Names of the chosen stacks, whose accounts must be in reach; absent: all. */
  readonly stacks?: readonly string[];
  readonly noInstall?: boolean;
  readonly signal?: AbortSignal;
  /** Called before every installation and the synthesis, with what is done. */
  readonly announce: (text: string) => void;
}

/**
 * One environment of an operator: its config, its synthesized stacks and their state, wherever that is kept.
 *
 * Environment variables alone decide which AWS is used: those of a running local deployment (`env.sh`) select the local AWS.
 */
export class OperatedEnvironment {
  readonly folders: StackFolders;
  /** Folder of the command's files, which git ignores. */
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

  /**
   * Finds AWS and the tools, and synthesizes the stacks.
   *
   * @throws {ConfigError} with every problem of the config
   * @throws {AwsOutOfReach} before anything is started
   */
  static async open(options: EnvironmentOptions): Promise<OperatedEnvironment> {
    const { root, command, synthesized, announce, noInstall = false, signal } = options;
    const configFile = chosenConfigFile(options.configFile);
    const config = loadConfig(configFile);
    await ensureAws(config, configFile, options.stacks);
    const directory = workingFolder({ root, configFile, environment: config.environment, command });
    const logs = join(directory, "logs");
    await mkdir(logs, { recursive: true });
    const tools = await prepareTerraform({ directory, noInstall, announce });
    const outdir = resolve(synthesized ?? join(directory, "cdktf.out"));
    const folders = { root, logs, configFile, config, outdir };
    const environment = new OperatedEnvironment(directory, folders, tools, signal);
    if (synthesized === undefined) {
      announce("Synthesizing the stacks of this environment …");
      await synth({ folders, environment: environment.variables, ...environment.#abortable() });
    }
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

  /** Terraform's working folder of a stack, into which cdktf synthesizes. */
  folderOf(stack: string): string {
    return stackFolder(this.folders.outdir, stack);
  }

  /** Environment variables for the programs that are started for this environment. */
  get variables(): Readonly<Record<string, string>> {
    return { ...inheritedVariables(), ...this.#tools.environment };
  }

  /** Plans a stack without a lock, and writes nothing. */
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
    const running = this.#initialized.get(stack) ?? this.#initializeOnce(stack);
    this.#initialized.set(stack, running);
    return running;
  }

  async #initializeOnce(stack: string): Promise<string> {
    const { root, config } = this.folders;
    // Terraform says of such a state that it could not be locked.
    await ensureWholeStates([...dependenciesOf(config, stack), stack], root, config);
    // `-reconfigure`, since the folder may still name the backend of an earlier run.
    return terraform(stack, ["init", "-input=false", "-reconfigure", "-no-color"], this.#terraform());
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

/** The environment variables of this process. */
export function inheritedVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
