import { publishedOutputs, readStateFile } from "@studio-access/terraform";

import type { Workspace } from "./workspace";

/** The part of a stack's state that is read here. */
export interface StackState {
  /** Values of the published outputs, without the generated ones that other stacks read. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Names of the sensitive outputs. */
  readonly sensitive: ReadonlySet<string>;
  /** Number of managed resources. */
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
