import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Workspace } from "./workspace";

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
