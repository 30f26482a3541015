import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Config } from "@studio-access/config";
import {
  readPlanJson,
  readProviderSelections,
  synthesizedStack,
  synthesizedStacks,
  type PlanJson,
} from "@studio-access/terraform";

import { OperatedEnvironment, type EnvironmentOptions } from "./operated-environment";

const exec = promisify(execFile);

/** Plans hold every resource of a stack several times over. */
const LARGEST_PLAN_BYTES = 512 * 1024 * 1024;

export interface ReadOnlyOptions extends EnvironmentOptions {
  readonly command: "drift" | "plan";
  readonly signal: AbortSignal;
}

/**
 * The stacks of one environment, to look at: planned without a lock, in an output folder of their own, so that neither a
 * deploy that runs meanwhile nor the memory of where a state was moved from is disturbed.
 */
export class ReadOnlyStacks {
  /** In the order in which they are deployed. */
  readonly names: readonly string[];
  readonly #environment: OperatedEnvironment;
  readonly #signal: AbortSignal;

  private constructor(names: readonly string[], environment: OperatedEnvironment, signal: AbortSignal) {
    this.names = names;
    this.#environment = environment;
    this.#signal = signal;
  }

  /** Finds the tools and synthesizes the stacks. @throws {ConfigError} with every problem of the config */
  static async open(options: ReadOnlyOptions): Promise<ReadOnlyStacks> {
    const environment = await OperatedEnvironment.open(options);
    const stacks = await synthesizedStacks(environment.folders.outdir);
    const names = stacks
      .toSorted((one, other) => one.dependencies.length - other.dependencies.length)
      .map(({ name }) => name);
    return new ReadOnlyStacks(names, environment, options.signal);
  }

  get config(): Config {
    return this.#environment.config;
  }

  /** Folder of the command's files, below what git ignores. */
  get directory(): string {
    return this.#environment.directory;
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
    });
    return stdout;
  }

  /** The stack as cdktf wrote it. */
  async synthesized(stack: string): Promise<unknown> {
    return (await synthesizedStack(this.#environment.folders.outdir, stack)).json;
  }

  /** Versions of the providers that a stack is planned with, by source. */
  async providerVersions(stack: string): Promise<Readonly<Record<string, string>>> {
    return readProviderSelections(await this.#environment.terraform(stack, ["version", "-json"]));
  }

  /** Whether the stack's state lists anything. */
  async isDeployed(stack: string): Promise<boolean> {
    return (await this.#environment.terraform(stack, ["state", "list"])).trim() !== "";
  }
}
