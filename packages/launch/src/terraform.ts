import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { runLogged, tail } from "@studio-access/toolchain";

import { CommandFailed } from "./cdktf";
import type { Workspace } from "./workspace";

export interface TerraformOptions {
  readonly workspace: Workspace;
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

/** Plans one deployed stack again. */
export async function plan(stack: string, options: TerraformOptions): Promise<PlanResult> {
  const args = ["plan", "-detailed-exitcode", "-input=false", "-lock=false", "-no-color"];
  // Terraform's own convention: 0 no change, 2 changes, 1 an error.
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
  // A validation that finds errors ends with 1, and says so in its output.
  const { lines } = await run(stack, args, args[0] === "validate" ? [0, 1] : [0], options);
  return lines.join("\n");
}

async function run(
  stack: string,
  args: readonly string[],
  expected: readonly number[],
  { workspace, environment, terraform: program, signal }: TerraformOptions,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const verb = args[0] ?? "";
  const logFile = join(workspace.logs, `terraform-${verb}-${stack}.log`);
  const lines: string[] = [];
  const { code } = await runLogged(program, args, {
    cwd: join(workspace.outdir, "stacks", stack),
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

/** A stack's state, as far as it is read here. */
export interface StackState {
  /** Values of the outputs that are published for people; the generated ones between stacks are left out. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of the outputs that Terraform keeps secret. */
  readonly sensitive: ReadonlySet<string>;
  /** Number of resources, data sources left out. */
  readonly resources: number;
}

interface StateFile {
  readonly outputs: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
  readonly resources: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
}

/** Reads a stack's local state. */
export async function readState(workspace: Workspace, stack: string): Promise<StackState> {
  const text = await readFile(join(workspace.stateDirectory, `${stack}.tfstate`), "utf8");
  const { outputs, resources } = JSON.parse(text) as StateFile;
  const published = Object.entries(outputs).filter(([name]) => !name.startsWith("cross-stack-output-"));
  return {
    outputs: Object.fromEntries(published.map(([name, { value }]) => [name, value])),
    sensitive: new Set(published.filter(([, { sensitive }]) => sensitive === true).map(([name]) => name)),
    resources: resources
      .filter(({ mode }) => mode === "managed")
      .reduce((sum, { instances }) => sum + instances.length, 0),
  };
}
