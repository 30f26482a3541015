import { readState, synthesizedStacks, type ResourceInstance } from "@studio-access/terraform";

import { OperatedEnvironment } from "../environment/operated-environment";

/**
 * State of every stack of an environment, wherever it is kept: `terraform show -json`. That asks no AWS service but the
 * bucket, where the state is in one.
 */
export async function readEnvironment(
  root: string,
  { configFile, noInstall }: { readonly configFile: string; readonly noInstall: boolean },
): Promise<readonly ResourceInstance[]> {
  const environment = await OperatedEnvironment.open({
    command: "verify",
    root,
    configFile,
    noInstall,
    announce: (text) => process.stderr.write(`${text}\n`),
  });
  // Those that only an administrator deploys too: what they hold bears on every role of the others.
  const stacks = await synthesizedStacks(environment.folders.outdir);
  return readStacks(
    stacks.map(({ name }) => name),
    (stack) => environment.terraform(stack, ["show", "-json", "-no-color"]),
  );
}

/** @param show prints the state of a stack as `terraform show -json` does */
export async function readStacks(
  stacks: readonly string[],
  show: (stack: string) => Promise<string>,
): Promise<readonly ResourceInstance[]> {
  const resources: ResourceInstance[] = [];
  // One after the other: a show of a large state takes memory.
  for (const stack of stacks) resources.push(...readState(stack, await show(stack)).instances);
  return resources;
}
