import { readPulledState, synthesizedStacks, type State } from "@studio-access/terraform";
import { destroy } from "@studio-access/terraform-cli";

import type { OperatedEnvironment } from "../environment/operated-environment";
import { READ_ATTRIBUTES, type StateResource, type Stacks } from "./stacks";

/** More Terraform processes would not be faster on a small machine, and each takes hundreds of megabytes. */
const PARALLELISM = 4;

/** The stacks of a synthesized environment, with their state in any backend. */
export class EnvironmentStacks implements Stacks {
  readonly #environment: OperatedEnvironment;
  readonly #dependencies: ReadonlyMap<string, readonly string[]>;
  readonly #signal: AbortSignal;

  private constructor(
    environment: OperatedEnvironment,
    dependencies: ReadonlyMap<string, readonly string[]>,
    signal: AbortSignal,
  ) {
    this.#environment = environment;
    this.#dependencies = dependencies;
    this.#signal = signal;
  }

  static async of(environment: OperatedEnvironment, signal: AbortSignal): Promise<EnvironmentStacks> {
    const stacks = await synthesizedStacks(environment.folders.outdir);
    const dependencies = new Map(stacks.map(({ name, dependencies: needed }) => [name, needed]));
    return new EnvironmentStacks(environment, dependencies, signal);
  }

  get names(): readonly string[] {
    return this.#environment.stacks;
  }

  get others(): readonly string[] {
    return [...this.#dependencies.keys()].filter((name) => !this.names.includes(name));
  }

  dependenciesOf(stack: string): readonly string[] {
    return this.#dependencies.get(stack) ?? [];
  }

  async resources(stack: string): Promise<readonly StateResource[]> {
    // `terraform show -json` would start the AWS provider for every stack, which takes seconds and hundreds of megabytes.
    return neededOf(readPulledState(stack, await this.#environment.terraform(stack, ["state", "pull"])));
  }

  async destroyOne(stack: string, address: string): Promise<void> {
    const args = ["destroy", "-auto-approve", "-input=false", "-no-color", `-target=${address}`];
    await this.#environment.terraform(stack, args);
  }

  async destroy(stacks: readonly string[], report: (text: string) => void): Promise<void> {
    const { folders, variables } = this.#environment;
    await destroy(stacks, {
      folders,
      environment: variables,
      signal: this.#signal,
      parallelism: PARALLELISM,
      onProgress: ({ text }) => {
        report(text);
      },
    });
  }
}

/** The managed resource instances of a state, with only the attributes that a teardown needs. */
export function neededOf({ instances }: Pick<State, "instances">): StateResource[] {
  return instances
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, values }) => ({ address, type, attributes: readAttributes(values) }));
}

function readAttributes(all: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    READ_ATTRIBUTES.flatMap((name) => {
      const value = all[name];
      return typeof value === "string" || typeof value === "boolean" ? [[name, String(value)]] : [];
    }),
  );
}
