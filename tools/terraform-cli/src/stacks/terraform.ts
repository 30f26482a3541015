import { devNull } from "node:os";
import { join } from "node:path";

import { stackFolder } from "@studio-access/terraform";

import { runLogged } from "../processes/processes";
import { tail } from "../processes/log-tail";

import { CommandFailed } from "./cdktf";
import type { StackFolders } from "./stack-folders";

export interface TerraformOptions {
  readonly folders: StackFolders;
  readonly environment: Readonly<Record<string, string>>;
  /** Path of the terraform program. */
  readonly terraform: string;
  readonly signal?: AbortSignal;
}

/** What a plan would do. */
export interface PlanResult {
  readonly changed: boolean;
  /** Addresses of the resources that would change. */
  readonly changes: readonly string[];
}

/** Plans one deployed stack. */
export async function plan(stack: string, options: TerraformOptions): Promise<PlanResult> {
  const args = ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"];
  // The exit codes of -detailed-exitcode: 0 no changes, 2 changes, 1 an error.
  const { code, lines } = await run(stack, args, [0, 2], options);
  const changes = lines.map((line) => /^\s*# (\S+) (?:will|must) be /.exec(line)?.[1]);
  return { changed: code === 2, changes: changes.filter((address) => address !== undefined) };
}

/** Runs terraform in a stack's folder. @returns what it printed */
export async function terraform(
  stack: string,
  args: readonly string[],
  options: TerraformOptions,
): Promise<string> {
  // `terraform validate` exits with 1 when it finds errors, and lists them in its output.
  const { lines } = await run(stack, args, args[0] === "validate" ? [0, 1] : [0], options);
  return lines.join("\n");
}

/** Commands that print values of the state, including sensitive ones, so that their output must not be logged. */
const PRINTS_SECRETS: ReadonlySet<string> = new Set(["output", "show", "state"]);

async function run(
  stack: string,
  args: readonly string[],
  expected: readonly number[],
  { folders, environment, terraform: program, signal }: TerraformOptions,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const verb = args[0] ?? "";
  const logFile = PRINTS_SECRETS.has(verb) ? devNull : join(folders.logs, `terraform-${verb}-${stack}.log`);
  const lines: string[] = [];
  const { code } = await runLogged(program, args, {
    cwd: stackFolder(folders.outdir, stack),
    env: { ...environment },
    logFile,
    ...(signal === undefined ? {} : { signal }),
    onLine: (line: string) => {
      lines.push(line);
    },
  });
  if (!expected.includes(code))
    throw new CommandFailed(`terraform ${verb} of ${stack}`, logFile, await tail(logFile, 30));
  return { code, lines };
}
