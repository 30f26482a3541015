import { join } from "node:path";

import type { Config } from "@studio-access/config";
import type { TokenIssuers } from "@studio-access/local-aws";
import { prepareTools, checkoutRoot } from "@studio-access/terraform-cli";

import { LocalDeployment } from "./local-deployment";
import { prepareWorkspace, writeConfig } from "./workspace";

export interface DeploymentOptions {
  /** Keeps files, state and output apart from those of other deployments. */
  readonly name: string;
  /** Config file, relative to the checkout. */
  readonly config: string;
  /** Changes the config before it is synthesized. */
  readonly change?: (config: Config) => Config;
  /**
   * URLs of JSON Web Key Sets on this machine by issuer URL, for fakes of identity providers, such as
   * `{ "https://token.actions.githubusercontent.com": "http://127.0.0.1:8080/jwks" }`. Default: none.
   */
  readonly tokenIssuers?: TokenIssuers;
  /** Whether Route 53's changes are in sync at once, which they never are on AWS. Default: false. */
  readonly settledRoute53?: boolean;
}

/** Starts a separate local AWS on a port of its own, without deploying anything. */
export async function startDeployment({
  name,
  config,
  change,
  tokenIssuers,
  settledRoute53,
}: DeploymentOptions): Promise<LocalDeployment> {
  const root = checkoutRoot();
  const given = await prepareWorkspace({ root, configFile: join(root, config), name });
  const workspace = change === undefined ? given : await writeConfig(given, change(given.config));
  const tools = await prepareTools({
    directory: workspace.directory,
    noInstall: false,
    announce: (text) => process.stderr.write(`${text}\n`),
  });
  return LocalDeployment.start({ workspace, tools, port: 0, tokenIssuers, settledRoute53 });
}
