import { parseState, type Resource } from "@studio-access/verify";

import { OperatedEnvironment } from "../environment/operated-environment";

/** State of every stack of an environment, wherever it is kept: `terraform show -json`, which calls no AWS service. */
export async function readEnvironment(
  root: string,
  { configFile, noInstall }: { readonly configFile: string; readonly noInstall: boolean },
): Promise<readonly Resource[]> {
  const environment = await OperatedEnvironment.open({
    command: "verify",
    root,
    configFile,
    noInstall,
    announce: (text) => process.stderr.write(`${text}\n`),
  });
  const resources: Resource[] = [];
  // One after the other: a show of a large state takes memory.
  for (const stack of environment.stacks)
    resources.push(...parseState(stack, await environment.terraform(stack, ["show", "-json", "-no-color"])));
  return resources;
}
