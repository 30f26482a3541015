import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";

import { readPlanJson } from "@studio-access/terraform";

import type { Stacks } from "./apply-reviewed";
import { plannedChanges } from "./planned-changes";

const exec = promisify(execFile);

/** Plans hold every resource of a stack several times over. */
const LARGEST_OUTPUT_BYTES = 512 * 1024 * 1024;

export interface TerraformStacksOptions {
  /** The program. */
  readonly terraform: string;
  /** Folder with a folder per stack, as cdktf writes it. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Folder for new plans. They hold secrets. */
  readonly scratch: string;
}

/**
 * Runs the real Terraform. Its output is kept out of every log, since plans also show values that another stack marks
 * as secret.
 */
export class TerraformStacks implements Stacks {
  readonly #options: TerraformStacksOptions;

  constructor(options: TerraformStacksOptions) {
    this.#options = options;
  }

  /** `-lockfile=readonly` refuses other providers than those that made the plan. */
  async initialize(stack: string, isLocked: boolean): Promise<void> {
    const locked = isLocked ? ["-lockfile=readonly"] : [];
    await this.#run(stack, ["init", "-input=false", "-reconfigure", "-no-color", ...locked]);
  }

  /** @throws {UnreadablePlan} on an unknown format: two unreadable plans would look equal */
  async plannedChanges(stack: string, planFile: string): Promise<string> {
    const json = await this.#run(stack, ["show", "-json", "-no-color", planFile]);
    return plannedChanges(readPlanJson(stack, json));
  }

  async planAgain(stack: string): Promise<string> {
    const file = join(this.#options.scratch, `${stack}.again.tfplan`);
    await this.#run(stack, ["plan", "-input=false", "-no-color", `-out=${file}`]);
    return file;
  }

  async apply(stack: string, planFile: string): Promise<void> {
    await this.#run(stack, ["apply", "-input=false", "-no-color", planFile]);
  }

  async outputs(stack: string): Promise<string> {
    const text = await this.#run(stack, ["output", "-json", "-no-color"]);
    // The text is compared and never shown: it holds secrets.
    return createHash("sha256").update(text).digest("hex");
  }

  async #run(stack: string, args: readonly string[]): Promise<string> {
    const { terraform, folder, environment } = this.#options;
    try {
      const { stdout } = await exec(terraform, args, {
        cwd: join(folder, stack),
        env: environment,
        maxBuffer: LARGEST_OUTPUT_BYTES,
      });
      return stdout;
    } catch (error) {
      // eslint-disable-next-line preserve-caught-error -- the cause holds all that Terraform printed
      throw new Error(`terraform ${args[0] ?? ""} of ${stack} failed: ${errorsIn(error)}`);
    }
  }
}

/** Terraform's errors alone, without the frame that it draws around them: what it prints besides may hold values. */
function errorsIn(error: unknown): string {
  const text = (error as { readonly stderr?: unknown }).stderr;
  const lines = (typeof text === "string" ? text : String(error)).split("\n");
  return lines
    .map((line) => line.replace(/^[\s│╷╵|]+/, "").trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}
