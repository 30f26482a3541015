import { AccessStack } from "./access/access-stack";
import { App, Aspects, TerraformStack, type AppConfig } from "cdktf";

import { CiAccessStack } from "./ci-access/ci-access-stack";
import { ciStackName, type CiConfig, type Config } from "@studio-access/config";
import { BoundRoles } from "./ci-access/role-boundary";
import { LobStack } from "./lob/lob-stack";
import { NetworkingStack } from "./networking/networking-stack";
import { OnPremiseStack } from "./on-premise/on-premise-stack";
import { StateStack } from "./state/state-stack";

/** Every stack, in the order in which it is deployed, each handed what it needs of those before it. */
export function buildApp(config: Config, options: AppConfig = {}): App {
  // Readable Terraform addresses. Part of every address: changing it would re-create every resource.
  const app = new App({ ...options, context: { ...options.context, allowSepCharsInLogicalIds: "true" } });
  if (config.stateBucket === true) new StateStack(app, "state", config);
  const { outputs: hub } = new NetworkingStack(app, "networking", config);
  const { outputs: access } = new AccessStack(app, "access", { config, hub });
  for (const lob of config.linesOfBusiness) new LobStack(app, lob.name, { config, lob, hub, access });
  if (config.onPremise !== null)
    new OnPremiseStack(app, "on-premise", { config, onPremise: config.onPremise, hub, access });
  if (config.ci !== undefined && config.ci !== null) giveWorkflowsAccess(app, config, config.ci);
  return app;
}

/** Roles for workflows, one stack per account; and a boundary around every role that a workflow may change. */
function giveWorkflowsAccess(app: App, config: Config, ci: CiConfig): void {
  for (const stack of app.node.children.filter((child) => TerraformStack.isStack(child))) {
    if (stack.node.id !== "state") Aspects.of(stack).add(new BoundRoles(config));
  }
  new CiAccessStack(app, ciStackName(), { config, ci, account: config.sharedServices });
  for (const { name: lob, account } of config.linesOfBusiness) {
    new CiAccessStack(app, ciStackName(lob), { config, ci, account, lob });
  }
}
