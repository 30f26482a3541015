import { isAdministratorsStack } from "@studio-access/config";
import { inOrder, synthesizedStacks, type ManifestStack } from "@studio-access/terraform";

/** The stacks that a workflow deploys, each after those that it reads; as cdktf wrote them. */
export async function deployedStacks(outdir: string): Promise<readonly ManifestStack[]> {
  return inOrder((await synthesizedStacks(outdir)).filter(({ name }) => !isAdministratorsStack(name)));
}
