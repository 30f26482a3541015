import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { destroy } from "@studio-access/runner";

import type { OperatedEnvironment } from "../environment/operated-environment";
import { READ_ATTRIBUTES, type StateResource, type Stacks } from "./stacks";

/** More Terraform processes than this only wait for each other, and each takes hundreds of megabytes. */
const PARALLELISM = 4;

/** The stacks of an environment that is synthesized, in whatever backend keeps their state. */
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
    const manifest = await readFile(join(environment.folders.outdir, "manifest.json"), "utf8");
    const { stacks } = JSON.parse(manifest) as {
      stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
    };
    const dependencies = Object.entries(stacks).map(([name, stack]) => [name, stack.dependencies] as const);
    return new EnvironmentStacks(environment, new Map(dependencies), signal);
  }

  get names(): readonly string[] {
    return this.#environment.stacks;
  }

  dependenciesOf(stack: string): readonly string[] {
    return this.#dependencies.get(stack) ?? [];
  }

  async resources(stack: string): Promise<readonly StateResource[]> {
    return readState(await this.#environment.terraform(stack, ["show", "-json", "-no-color"]));
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

interface ShownResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface ShownState {
  readonly values?: { readonly root_module?: { readonly resources?: readonly ShownResource[] } };
}

/** Reads `terraform show -json`, without the data sources, and without any value that a teardown does not need. */
export function readState(text: string): StateResource[] {
  // Warnings may stand around it.
  const json = text.split("\n").find((line) => line.startsWith("{"));
  if (json === undefined) throw new Error("terraform show did not print the state as JSON");
  const { values } = JSON.parse(json) as ShownState;
  const managed = (values?.root_module?.resources ?? []).filter(({ mode }) => mode === "managed");
  return managed.map(({ address, type, values: all }) => ({
    address,
    type,
    attributes: Object.fromEntries(
      READ_ATTRIBUTES.flatMap((name) => {
        const value = all[name];
        return typeof value === "string" || typeof value === "boolean" ? [[name, String(value)]] : [];
      }),
    ),
  }));
}
