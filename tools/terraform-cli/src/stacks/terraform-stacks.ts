import { createHash } from "node:crypto";
import { constants, devNull } from "node:os";
import { join } from "node:path";

import { plannedChanges, readPlanJson, stackFolder } from "@studio-access/terraform";

import type { GracePeriod } from "../processes/command-tree";
import { runLogged } from "../processes/processes";
import type { PlanOperations } from "./reviewed-plan";

/** An interrupted apply finishes the calls that run and writes its state: ending it before that would lose resources. */
const WHILE_APPLYING: GracePeriod = { interruptMs: 10 * 60_000, terminateMs: 30_000 };

export interface TerraformStacksOptions {
  /** The program. */
  readonly terraform: string;
  /** Output folder of cdktf. */
  readonly outdir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder for new plans. They hold secrets. */
  readonly scratch: string;
  readonly signal?: AbortSignal;
  /** Called with each line that an apply prints. */
  readonly onApplyLine?: (line: string) => void;
}

/**
 * Runs the real Terraform. Its output is kept out of every log, since plans also show values that another stack marks
 * as secret.
 */
export class TerraformStacks implements PlanOperations {
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
    const { terraform, outdir, environment, signal, onApplyLine } = this.#options;
    const [verb = ""] = args;
    const isApply = verb === "apply";
    const lines: Record<"stdout" | "stderr", string[]> = { stdout: [], stderr: [] };
    const { code } = await runLogged(terraform, args, {
      cwd: stackFolder(outdir, stack),
      env: environment,
      logFile: devNull,
      ...(signal === undefined ? {} : { signal }),
      ...(isApply ? { gracePeriod: WHILE_APPLYING } : {}),
      onLine: (line, stream) => {
        lines[stream].push(line);
        if (isApply) onApplyLine?.(line);
      },
    });
    const killedBy = signalOf(code);
    if (killedBy !== undefined) throw new Error(`terraform ${verb} of ${stack} was killed by ${killedBy}.`);
    if (code !== 0) throw new Error(`terraform ${verb} of ${stack} failed: ${errorsIn(lines.stderr)}`);
    return lines.stdout.join("\n");
  }
}

/** The signal that ended a program with this exit code, if one did: see `RunResult`. */
function signalOf(code: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => code === 128 + number)?.[0];
}

/** Terraform's errors alone, without the frame that it draws around them: what it prints besides may hold values. */
function errorsIn(lines: readonly string[]): string {
  return lines
    .map((line) => line.replace(/^[\s│╷╵|]+/, "").trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}
