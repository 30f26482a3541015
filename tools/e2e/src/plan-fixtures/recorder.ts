import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Config } from "@studio-access/config";
import type { LocalDeployment } from "@studio-access/local-deployment";
import { parsePlan, terraformErrors } from "@studio-access/plan-review";
import { cutPlan, cutSynthesized, type RecordedStack } from "@studio-access/plan-review/testing";
import { readProviderSelections, STACK_FILE, stackFolder, synthesizedStack } from "@studio-access/terraform";

import type { Deployed, Edit, Synthesized } from "./edits";

export interface PlanFlags {
  readonly destroy?: boolean;
}

/** Plans changed copies of the stacks of a local deployment, and does not change the deployment. */
export class Recorder {
  readonly #deployment: LocalDeployment;
  readonly #deployed = new Map<string, Deployed>();

  constructor(deployment: LocalDeployment) {
    this.#deployment = deployment;
  }

  get config(): Config {
    return this.#deployment.workspace.config;
  }

  /** Plans one stack with an edit of its synthesized JSON, in a separate folder. */
  async record(stack: string, scenario: string, edit: Edit, flags: PlanFlags = {}): Promise<RecordedStack> {
    const copy = `${stack}--${scenario}`;
    const { outdir } = this.#deployment.workspace;
    const folder = stackFolder(outdir, copy);
    await rm(folder, { recursive: true, force: true });
    await cp(stackFolder(outdir, stack), folder, { recursive: true, verbatimSymlinks: true });
    // Read for this copy only, so that the edit may change it.
    const synthesized = (await synthesizedStack(outdir, copy)).json as unknown as Synthesized;
    edit(synthesized, this.#deployed.get(stack) ?? new Map());
    await writeFile(join(folder, STACK_FILE), JSON.stringify(synthesized));
    try {
      return await this.#plan(stack, copy, synthesized, flags);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Reads a stack's deployed attributes, which some edits need. */
  async learn(stack: string): Promise<void> {
    const { plan } = await this.record(stack, "learn", () => undefined);
    const { resources } = parsePlan({ stack, plan });
    this.#deployed.set(stack, new Map(resources.map(({ address, before }) => [address, before ?? {}])));
  }

  async #plan(
    stack: string,
    copy: string,
    synthesized: Synthesized,
    { destroy = false }: PlanFlags,
  ): Promise<RecordedStack> {
    const cut = { stack, synthesized: cutSynthesized(synthesized) };
    const run = async (...args: readonly string[]): Promise<string> => this.#deployment.terraform(copy, args);
    const flags = ["-input=false", "-lock=false", "-no-color", "-out=plan", ...(destroy ? ["-destroy"] : [])];
    try {
      await run("init", "-upgrade", "-input=false", "-no-color");
    } catch (error) {
      return { ...cut, error: terraformErrors(String(error)) };
    }
    const error = await run("plan", ...flags).then(
      () => undefined,
      (failure: unknown) => terraformErrors(String(failure)),
    );
    const shown = await run("show", "-json", "-no-color", "plan").catch(() => undefined);
    return {
      ...cut,
      providerVersions: await this.#providerVersions(copy),
      ...(shown === undefined ? {} : { plan: cutPlan(JSON.parse(shown) as unknown) }),
      ...(error === undefined ? {} : { error }),
    };
  }

  async #providerVersions(copy: string): Promise<Readonly<Record<string, string>>> {
    return readProviderSelections(await this.#deployment.terraform(copy, ["version", "-json"]));
  }
}
