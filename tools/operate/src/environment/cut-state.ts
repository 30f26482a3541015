import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";

import type { Config } from "@studio-access/config";
import { readState, type State } from "@studio-access/terraform";

/** A state file that Terraform was writing when it was killed: it writes a local state in place. */
export interface CutState {
  readonly file: string;
  readonly bytes: number;
  /** The state before that deploy, which Terraform keeps beside it from the second deploy on. */
  readonly before: { readonly file: string; readonly state: State } | undefined;
}

/**
 * The stack's state file where it is cut off, or is empty and was not before. Undefined where it is whole, where there is
 * none, and for a state in S3, which is written as a whole.
 */
export async function cutState(
  stack: string,
  root: string,
  { state }: Pick<Config, "state">,
): Promise<CutState | undefined> {
  if (state.backend !== "local") return undefined;
  const file = resolve(root, state.directory, `${stack}.tfstate`);
  const text = await textOf(file);
  if (text === undefined || isJson(text)) return undefined;
  const backup = `${file}.backup`;
  const before = stateIn(stack, await textOf(backup));
  // An empty file alone: the stack was never applied.
  if (text === "" && (before?.instances ?? []).length === 0) return undefined;
  const { size: bytes } = await stat(file);
  return { file, bytes, before: before && { file: backup, state: before } };
}

/** A command needs a state that is cut off. */
class StateCutOff extends Error {
  override readonly name = "StateCutOff";

  constructor(stack: string, { file, bytes }: CutState) {
    super(
      `The state of ${stack} is not whole: ${file} ends after ${bytes} bytes. Terraform was killed while it wrote it. ` +
        `Mend it first: ./studio recover ${stack}`,
    );
  }
}

/** @throws {StateCutOff} where the state of one of the stacks is cut off */
export async function ensureWholeStates(
  stacks: readonly string[],
  root: string,
  config: Pick<Config, "state">,
): Promise<void> {
  for (const stack of stacks) {
    const cut = await cutState(stack, root, config);
    if (cut !== undefined) throw new StateCutOff(stack, cut);
  }
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
}

function stateIn(stack: string, text = ""): State | undefined {
  try {
    return readState(stack, text);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
