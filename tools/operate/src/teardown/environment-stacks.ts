import { destroy } from "@studio-access/terraform-cli";

import type { OperatedEnvironment } from "../environment/operated-environment";
import { synthesizedStacks } from "../environment/synthesized-stacks";
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
    const dependencies = await synthesizedStacks(environment.folders.outdir);
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
    return readState(await this.#environment.terraform(stack, ["state", "pull"]));
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

interface StateFile {
  readonly version: number;
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/** Version of Terraform's state format, in use since Terraform 0.12. */
const FORMAT = 4;

/**
 * Reads `terraform state pull`, without the data sources, and without any value that a teardown does not need.
 *
 * (`terraform show -json` would start the AWS provider for every stack, which takes seconds and hundreds of megabytes.)
 */
export function readState(text: string): StateResource[] {
  // Nothing at all where the stack was never deployed.
  if (text.trim() === "") return [];
  const { resources = [] } = parse(text);
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ index_key: key, attributes }) => ({
        address: `${type}.${name}${key === undefined ? "" : `[${JSON.stringify(key)}]`}`,
        type,
        attributes: readAttributes(attributes),
      })),
    );
}

function parse(text: string): StateFile {
  // Warnings may stand before it.
  const json = text.slice(Math.max(0, text.search(/^\{/m)));
  try {
    const state = JSON.parse(json) as Partial<StateFile>;
    if (state.version === FORMAT) return state as StateFile;
  } catch {
    // Said below, and without the text: it holds secrets.
  }
  throw new Error(`terraform state pull did not print a state of format ${FORMAT}`);
}

function readAttributes(all: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    READ_ATTRIBUTES.flatMap((name) => {
      const value = all[name];
      return typeof value === "string" || typeof value === "boolean" ? [[name, String(value)]] : [];
    }),
  );
}
