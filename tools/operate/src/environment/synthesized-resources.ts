import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chosenConfigFile, loadConfig, stackNames } from "@studio-access/config";
import { synthesizedStack } from "@studio-access/terraform";
import { checkoutRoot, synth } from "@studio-access/terraform-cli";

import { interruption } from "./interruption";
import { placedResources, type PlacedResource } from "./placed-resources";

/** The resources that a config calls for, in the order of the stacks: synthesized only, so no Terraform and no AWS is needed. */
export async function configuredResources(asked: string | undefined): Promise<readonly PlacedResource[]> {
  const configFile = chosenConfigFile(asked);
  const config = loadConfig(configFile);
  const directory = await mkdtemp(join(tmpdir(), "studio-access-synth-"));
  const outdir = join(directory, "cdktf.out");
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const folders = { root: checkoutRoot(), logs: join(directory, "logs"), configFile, config, outdir };
  try {
    await synth({ folders, environment, signal: interruption("Interrupted.") });
    const stacks = await Promise.all(stackNames(config).map((name) => synthesizedStack(outdir, name)));
    return stacks.flatMap(placedResources);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
