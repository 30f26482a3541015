import { isAdministratorsStack } from "@studio-access/config";
import { synthesizedStacks, type ManifestStack } from "@studio-access/terraform";

/** The stacks that a workflow deploys, each after those that it reads; as cdktf wrote them. */
export async function deployedStacks(outdir: string): Promise<readonly ManifestStack[]> {
  const left = (await synthesizedStacks(outdir)).filter(({ name }) => !isAdministratorsStack(name));
  const ordered: ManifestStack[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ dependencies }) => !left.some(({ name }) => dependencies.includes(name)));
    if (next < 0)
      throw new Error(`The stacks ${left.map(({ name }) => name).join(", ")} read each other in a circle.`);
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}
