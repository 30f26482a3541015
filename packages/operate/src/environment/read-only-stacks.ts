import { execFile } from "node:child_process";
<<<<<<< Updated upstream
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { readPlanJson, type PlanJson } from "@studio-access/plan-review/plan-json";
import type { DeployedConfig } from "@studio-access/runner";

import { OperatedEnvironment, type EnvironmentOptions } from "./operated-environment";
import { synthesizedStacks } from "./synthesized-stacks";
=======
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { readPlanJson, type PlanJson } from "@studio-access/plan-review/plan-json";
import {
  prepareTerraform,
  readConfig,
  synth,
  terraform,
  type DeployedConfig,
  type TerraformOptions,
} from "@studio-access/runner";

import { workingFolder } from "../environment/working-folder";
>>>>>>> Stashed changes

const exec = promisify(execFile);

/** Plans hold every resource of a stack several times over. */
const LARGEST_PLAN_BYTES = 512 * 1024 * 1024;

<<<<<<< Updated upstream
export interface ReadOnlyOptions extends EnvironmentOptions {
  readonly command: "drift" | "plan";
  readonly signal: AbortSignal;
=======
export interface ReadOnlyOptions {
  /** The checkout. */
  readonly root: string;
  /** Command that looks; its files are kept apart from those of others. */
  readonly command: "drift" | "plan";
  /** Default: `STUDIO_ACCESS_CONFIG`, else `config/local.json`. */
  readonly configFile?: string;
  /** Folder with what cdktf has synthesized already; none of the checkout's code runs then. Absent: it is synthesized. */
  readonly synthesized?: string;
  readonly noInstall: boolean;
  readonly signal: AbortSignal;
  /** Told of every installation before it begins. */
  readonly announce: (text: string) => void;
>>>>>>> Stashed changes
}

/**
 * The stacks of one environment, to look at: planned without a lock, in an output folder of their own, so that neither a
 * deploy that runs meanwhile nor the memory of where a state was moved from is disturbed.
 */
export class ReadOnlyStacks {
  /** In the order in which they are deployed. */
  readonly names: readonly string[];
<<<<<<< Updated upstream
  readonly #environment: OperatedEnvironment;
  readonly #signal: AbortSignal;

  private constructor(names: readonly string[], environment: OperatedEnvironment, signal: AbortSignal) {
    this.names = names;
    this.#environment = environment;
    this.#signal = signal;
=======
  /** Folder of the command's files, below what git ignores. */
  readonly directory: string;
  readonly #terraform: TerraformOptions;
  readonly #initialized = new Map<string, Promise<unknown>>();

  private constructor(names: readonly string[], directory: string, options: TerraformOptions) {
    this.names = names;
    this.directory = directory;
    this.#terraform = options;
  }

  get config(): DeployedConfig {
    return this.#terraform.folders.config;
>>>>>>> Stashed changes
  }

  /** Finds the tools and synthesizes the stacks. @throws {CommandFailed} with every problem of the config */
  static async open(options: ReadOnlyOptions): Promise<ReadOnlyStacks> {
<<<<<<< Updated upstream
    const environment = await OperatedEnvironment.open(options);
    const stacks = await synthesizedStacks(environment.folders.outdir);
    const names = [...stacks]
      .sort(([, dependencies], [, others]) => dependencies.length - others.length)
      .map(([name]) => name);
    return new ReadOnlyStacks(names, environment, options.signal);
  }

  get config(): DeployedConfig {
    return this.#environment.config;
  }

  /** Folder of the command's files, below what git ignores. */
  get directory(): string {
    return this.#environment.directory;
=======
    const { root, command, synthesized, announce, noInstall, signal } = options;
    const configFile = resolve(
      options.configFile ?? process.env["STUDIO_ACCESS_CONFIG"] ?? join(root, "config/local.json"),
    );
    const config = await readConfig(configFile);
    const directory = workingFolder({ root, configFile, environment: config.environment, command });
    const logs = join(directory, "logs");
    await mkdir(logs, { recursive: true });
    const tools = await prepareTerraform({ directory, noInstall, announce });
    const folders = {
      root,
      logs,
      configFile,
      config,
      outdir: resolve(synthesized ?? join(directory, "cdktf.out")),
    };
    const environment = { ...inherited(), ...tools.environment };
    if (synthesized === undefined) await synth({ folders, environment, signal });
    const names = await synthesizedStacks(folders.outdir);
    return new ReadOnlyStacks(names, directory, { folders, environment, terraform: tools.terraform, signal });
>>>>>>> Stashed changes
  }

  /**
   * A plan of a stack. Takes no lock and writes no state.
   *
   * @param refresh whether to look at what is there; else the state is believed
   * @throws {UnreadablePlan} when Terraform's format of plans is not known
   */
  async plan(stack: string, { refresh }: { readonly refresh: boolean }): Promise<PlanJson> {
    // A saved plan holds the stack's secrets in clear text.
    const directory = await mkdtemp(join(tmpdir(), "studio-access-plan-"));
    const file = join(directory, "plan");
    try {
      await this.save(stack, file, { refresh });
      return readPlanJson(stack, await this.show(stack, file));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** Like {@link plan}, into a file; which is there also when Terraform broke the plan off and this rejects. */
  async save(stack: string, file: string, { refresh }: { readonly refresh: boolean }): Promise<void> {
<<<<<<< Updated upstream
    const flags = ["-input=false", "-lock=false", "-no-color", `-refresh=${String(refresh)}`, `-out=${file}`];
    await this.#environment.terraform(stack, ["plan", ...flags]);
  }

  /** What a saved plan says, as JSON text: what Terraform prints besides on stderr is no part of it. */
  async show(stack: string, planFile: string): Promise<string> {
    const { program, variables } = this.#environment;
    const { stdout } = await exec(program, ["show", "-json", "-no-color", planFile], {
      cwd: this.#environment.folderOf(stack),
      env: { ...variables },
      maxBuffer: LARGEST_PLAN_BYTES,
      signal: this.#signal,
=======
    await this.#initialize(stack);
    const flags = ["-input=false", "-lock=false", "-no-color", `-refresh=${String(refresh)}`, `-out=${file}`];
    await terraform(stack, ["plan", ...flags], this.#terraform);
  }

  /** What a saved plan says, as JSON text. Not by way of the runner, which logs what a command prints: this prints secrets. */
  async show(stack: string, planFile: string): Promise<string> {
    const { terraform: program, environment, signal } = this.#terraform;
    const { stdout } = await exec(program, ["show", "-json", "-no-color", planFile], {
      cwd: this.#folderOf(stack),
      env: { ...environment },
      maxBuffer: LARGEST_PLAN_BYTES,
      ...(signal === undefined ? {} : { signal }),
>>>>>>> Stashed changes
    });
    return stdout;
  }

  /** The stack as cdktf wrote it. */
  async synthesized(stack: string): Promise<unknown> {
<<<<<<< Updated upstream
    const file = join(this.#environment.folderOf(stack), "cdk.tf.json");
    return JSON.parse(await readFile(file, "utf8")) as unknown;
=======
    return JSON.parse(await readFile(join(this.#folderOf(stack), "cdk.tf.json"), "utf8")) as unknown;
>>>>>>> Stashed changes
  }

  /** Versions of the providers that a stack is planned with, by source. */
  async providerVersions(stack: string): Promise<Readonly<Record<string, string>>> {
<<<<<<< Updated upstream
    const said = JSON.parse(await this.#environment.terraform(stack, ["version", "-json"])) as {
=======
    await this.#initialize(stack);
    const said = JSON.parse(await terraform(stack, ["version", "-json"], this.#terraform)) as {
>>>>>>> Stashed changes
      readonly provider_selections?: Readonly<Record<string, string>>;
    };
    return said.provider_selections ?? {};
  }

  /** Whether the stack's state lists anything. */
  async isDeployed(stack: string): Promise<boolean> {
<<<<<<< Updated upstream
    return (await this.#environment.terraform(stack, ["state", "list"])).trim() !== "";
  }
}
=======
    await this.#initialize(stack);
    return (await terraform(stack, ["state", "list"], this.#terraform)).trim() !== "";
  }

  async #initialize(stack: string): Promise<unknown> {
    // Reconfigured: where the state was when this was last run does not matter.
    const running =
      this.#initialized.get(stack) ??
      terraform(stack, ["init", "-reconfigure", "-input=false", "-no-color"], this.#terraform);
    this.#initialized.set(stack, running);
    return running;
  }

  #folderOf(stack: string): string {
    return join(this.#terraform.folders.outdir, "stacks", stack);
  }
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/** What cdktf wrote, rather than what the config should lead to; each after those that it depends on. */
async function synthesizedStacks(outdir: string): Promise<readonly string[]> {
  const { stacks } = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as Manifest;
  return Object.keys(stacks).sort(
    (a, b) => (stacks[a]?.dependencies.length ?? 0) - (stacks[b]?.dependencies.length ?? 0),
  );
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
>>>>>>> Stashed changes
