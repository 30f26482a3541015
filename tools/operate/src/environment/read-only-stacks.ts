import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Config } from "@studio-access/config";
import {
  inOrder,
  readPlanJson,
  readProviderSelections,
  readPulledState,
  synthesizedStack,
  synthesizedStacks,
  type ManifestStack,
  type PlanJson,
} from "@studio-access/terraform";

import { placedResources } from "./placed-resources";
import { OperatedEnvironment, type EnvironmentOptions } from "./operated-environment";

const exec = promisify(execFile);

/** Plans are large, since they hold every resource of a stack several times. */
const LARGEST_PLAN_BYTES = 512 * 1024 * 1024;

export interface ReadOnlyOptions extends EnvironmentOptions {
  readonly command: "drift" | "plan";
  readonly signal: AbortSignal;
}

/**
 * The stacks of one environment, for reading: planned without a lock and in an output folder of their own. So they do not
 * disturb a deploy that runs at the same time, or Terraform's record of a backend that is being migrated.
 */
export class ReadOnlyStacks {
  /** In the order of deployment. */
  readonly stacks: readonly ManifestStack[];
  readonly #environment: OperatedEnvironment;
  readonly #signal: AbortSignal;

  private constructor(
    stacks: readonly ManifestStack[],
    environment: OperatedEnvironment,
    signal: AbortSignal,
  ) {
    this.stacks = stacks;
    this.#environment = environment;
    this.#signal = signal;
  }

  /** Finds the tools and synthesizes the stacks. @throws {ConfigError} with every problem of the config */
  static async open(options: ReadOnlyOptions): Promise<ReadOnlyStacks> {
    return ReadOnlyStacks.of(await OperatedEnvironment.open(options), options.signal);
  }

  /** The stacks of an environment that is open already. */
  static async of(environment: OperatedEnvironment, signal: AbortSignal): Promise<ReadOnlyStacks> {
    const stacks = inOrder(await synthesizedStacks(environment.folders.outdir));
    return new ReadOnlyStacks(stacks, environment, signal);
  }

  /** In the order of deployment. */
  get names(): readonly string[] {
    return this.stacks.map(({ name }) => name);
  }

  get config(): Config {
    return this.#environment.config;
  }

  /** Folder of the command's files, which git ignores. */
  get directory(): string {
    return this.#environment.directory;
  }

  /**
   * Plans a stack. Takes no lock and writes no state.
   *
   * @param refresh whether Terraform reads the resources from AWS; without it, the state is taken as it is
   * @throws {UnreadablePlan} when the format of Terraform's plan is unknown
   */
  async plan(stack: string, { refresh }: { readonly refresh: boolean }): Promise<PlanJson> {
    // The folder is temporary because a saved plan holds the stack's secrets in clear text.
    const directory = await mkdtemp(join(tmpdir(), "studio-access-plan-"));
    const file = join(directory, "plan");
    try {
      await this.save(stack, file, { refresh });
      return readPlanJson(stack, await this.show(stack, file));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** Like {@link plan}, but saves the plan to a file. The file can also exist after a rejection: Terraform saves failed plans. */
  async save(stack: string, file: string, { refresh }: { readonly refresh: boolean }): Promise<void> {
    const flags = ["-input=false", "-lock=false", "-no-color", `-refresh=${String(refresh)}`, `-out=${file}`];
    await this.#environment.terraform(stack, ["plan", ...flags]);
  }

  /** A saved plan as JSON text, without the messages that Terraform prints on stderr. */
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

  /** Where each resource of a stack is, by its address. */
  async places(stack: string): Promise<ReadonlyMap<string, { constructPath: string; account: string }>> {
    const resources = placedResources(await synthesizedStack(this.#environment.folders.outdir, stack));
    return new Map(
      resources.map(({ address, path, accountId }) => [address, { constructPath: path, account: accountId }]),
    );
  }

  /** Versions of the providers that plan a stack, by provider source. */
  async providerVersions(stack: string): Promise<Readonly<Record<string, string>>> {
    return readProviderSelections(await this.#environment.terraform(stack, ["version", "-json"]));
  }

  /** Whether the stack's state has any resource. `terraform state list` would fail for a stack that was never applied. */
  async isDeployed(stack: string): Promise<boolean> {
    const state = readPulledState(stack, await this.#environment.terraform(stack, ["state", "pull"]));
    return state.instances.length > 0;
  }
}
