import { readState, synthesizedStacks, type ResourceInstance } from "@studio-access/terraform";

import { OperatedEnvironment } from "../environment/operated-environment";

/**
 * The state of every stack of an environment, from `terraform show -json`. That calls no AWS service except S3, and only
 * when the state is in a bucket.
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
  // This includes stacks that only an administrator deploys, since they can affect the roles of all others.
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
  // One at a time, since `terraform show` of a large state takes much memory.
  for (const stack of stacks) resources.push(...readState(stack, await show(stack)).instances);
  return resources;
}
