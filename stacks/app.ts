import { AccessStack } from "./access/access-stack";
import { App, type AppConfig } from "cdktf";

import type { Config } from "./config/schema";
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
  return app;
}
