import { publishedOutputs, readStateFile } from "@studio-access/terraform";

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

/** Reads a stack's local state. @throws {Error} when the stack was never applied */
export async function readState({ stateDirectory }: Workspace, stack: string): Promise<StackState> {
  const state = await readStateFile(stateDirectory, stack);
  if (state === undefined)
    throw new Error(`${stateDirectory} holds no state of ${stack}: it is not deployed`);
  const published = Object.entries(publishedOutputs(state));
  return {
    outputs: Object.fromEntries(published.map(([name, { value }]) => [name, value])),
    sensitive: new Set(published.filter(([, { sensitive }]) => sensitive).map(([name]) => name)),
    resources: state.instances.filter(({ mode }) => mode === "managed").length,
  };
}
