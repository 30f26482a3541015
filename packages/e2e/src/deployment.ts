import { join } from "node:path";

import { LocalDeployment, prepareTools, prepareWorkspace } from "@studio-access/launch";
import { checkoutRoot } from "@studio-access/toolchain";

export interface DeploymentOptions {
  /** Keeps files, state and output apart from those of other deployments. */
  readonly name: string;
  /** Config file, relative to the checkout. */
  readonly config: string;
}

/** A local AWS of its own, on a port of its own, in which nothing is deployed yet. */
export async function startDeployment({ name, config }: DeploymentOptions): Promise<LocalDeployment> {
  const root = checkoutRoot();
  const workspace = await prepareWorkspace({ root, configFile: join(root, config), name });
  const tools = await prepareTools({
    directory: workspace.directory,
    noInstall: false,
    announce: (text) => process.stderr.write(`${text}\n`),
  });
  return LocalDeployment.start({ workspace, tools, port: 0 });
}
