import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { CommandFailed, destroy } from "@studio-access/runner";

import type { OperatedEnvironment } from "../environment/operated-environment";
import type { Stacks } from "./stacks";

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

  async addresses(stack: string): Promise<readonly string[]> {
    return readAddresses(await this.#stateList(stack));
  }

  async attributes(stack: string, address: string): Promise<ReadonlyMap<string, string>> {
    return readAttributes(await this.#environment.terraform(stack, ["state", "show", "-no-color", address]));
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

  async #stateList(stack: string): Promise<string> {
    try {
      return await this.#environment.terraform(stack, ["state", "list"]);
    } catch (error) {
      // What Terraform says of a stack that was never deployed.
      if (error instanceof CommandFailed && error.message.includes("No state file was found")) return "";
      throw error;
    }
  }
}

/** Reads `terraform state list`, without the data sources. */
export function readAddresses(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^[a-z0-9_]+\.\S+$/.test(line) && !line.startsWith("data."));
}

/** Reads the plain top-level attributes of `terraform state show`, which leaves sensitive ones out. */
export function readAttributes(text: string): Map<string, string> {
  const found = text.split("\n").map((line) => /^ {4}(\w+) += (?:"(.*)"|(true|false|\d+))$/.exec(line));
  return new Map(
    found.flatMap((match) => {
      const [, name, quoted, bare] = match ?? [];
      return name === undefined ? [] : [[name, quoted ?? bare ?? ""] as const];
    }),
  );
}
