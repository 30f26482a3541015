import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { prepareTerraform, readConfig, synth, terraform, type TerraformOptions } from "@studio-access/runner";

import { workingFolder } from "../environment/working-folder";
import type { PlanJson } from "./plan-json";

const exec = promisify(execFile);

/** Plans hold every resource of a stack several times over. */
const LARGEST_PLAN_BYTES = 512 * 1024 * 1024;

export interface ReadOnlyOptions {
  /** The checkout. */
  readonly root: string;
  /** Default: `STUDIO_ACCESS_CONFIG`, else `config/local.json`. */
  readonly configFile?: string;
  readonly noInstall: boolean;
  readonly signal: AbortSignal;
  /** Told of every installation before it begins. */
  readonly announce: (text: string) => void;
}

/**
 * The stacks of one environment, to look at: planned without a lock, in an output folder of their own, so that neither a
 * deploy that runs meanwhile nor the memory of where a state was moved from is disturbed.
 */
export class ReadOnlyStacks {
  readonly environment: string;
  /** In the order in which they are deployed. */
  readonly names: readonly string[];
  readonly #terraform: TerraformOptions;
  readonly #initialized = new Map<string, Promise<unknown>>();

  private constructor(environment: string, names: readonly string[], options: TerraformOptions) {
    this.environment = environment;
    this.names = names;
    this.#terraform = options;
  }

  /** Finds the tools and synthesizes the stacks. @throws {CommandFailed} with every problem of the config */
  static async open(options: ReadOnlyOptions): Promise<ReadOnlyStacks> {
    const { root, announce, noInstall, signal } = options;
    const configFile = resolve(
      options.configFile ?? process.env["STUDIO_ACCESS_CONFIG"] ?? join(root, "config/local.json"),
    );
    const config = await readConfig(configFile);
    const { environment: name } = config;
    const directory = workingFolder({ root, configFile, environment: name, command: "drift" });
    const logs = join(directory, "logs");
    await mkdir(logs, { recursive: true });
    const tools = await prepareTerraform({ directory, noInstall, announce });
    const folders = { root, logs, configFile, config, outdir: join(directory, "cdktf.out") };
    const environment = { ...inherited(), ...tools.environment };
    await synth({ folders, environment, signal });
    const stacks = await synthesizedStacks(folders.outdir);
    return new ReadOnlyStacks(name, stacks, {
      folders,
      environment,
      terraform: tools.terraform,
      signal,
    });
  }

  /**
   * A plan of a stack. Takes no lock and writes no state.
   *
   * @param refresh whether to look at what is there; else the state is believed
   */
  async plan(stack: string, { refresh }: { readonly refresh: boolean }): Promise<PlanJson> {
    await this.#initialize(stack);
    // A saved plan holds the stack's secrets in clear text.
    const directory = await mkdtemp(join(tmpdir(), "studio-access-plan-"));
    const file = join(directory, "plan");
    try {
      const flags = [
        "-input=false",
        "-lock=false",
        "-no-color",
        `-refresh=${String(refresh)}`,
        `-out=${file}`,
      ];
      await terraform(stack, ["plan", ...flags], this.#terraform);
      return JSON.parse(await this.#show(stack, file)) as PlanJson;
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** Whether the stack's state lists anything. */
  async isDeployed(stack: string): Promise<boolean> {
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

  /** Not by way of the runner, which logs what a command prints: this prints secrets. */
  async #show(stack: string, planFile: string): Promise<string> {
    const { terraform: program, folders, environment, signal } = this.#terraform;
    const { stdout } = await exec(program, ["show", "-json", "-no-color", planFile], {
      cwd: join(folders.outdir, "stacks", stack),
      env: { ...environment },
      maxBuffer: LARGEST_PLAN_BYTES,
      ...(signal === undefined ? {} : { signal }),
    });
    return stdout;
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
