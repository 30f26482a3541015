import { readFile } from "node:fs/promises";
import { join } from "node:path";

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

/**
 * The stacks as cdktf wrote them, rather than what the config should lead to: those that only an administrator deploys
 * too. Each with the stacks that it reads.
 *
 * @param outdir output folder of cdktf
 */
export async function synthesizedStacks(outdir: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stacks } = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as Manifest;
  return new Map(Object.entries(stacks).map(([name, { dependencies }]) => [name, dependencies]));
}
