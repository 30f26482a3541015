import { join } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { hasStandInUsers, signIns } from "./deployed-users";
import type { Workspace } from "./workspace";

function workspaceOf(identity: Partial<Config["identity"]>): Workspace {
  const config = loadConfig(join(checkoutRoot(), "config/local.json"));
  return { config: { ...config, identity } } as unknown as Workspace;
}

describe("the users of a local deployment", () => {
  it("sign in at the stand-in", () => {
    expect(hasStandInUsers(workspaceOf({ provider: "cognito" }))).toBe(true);
  });

  it("are none with another identity provider, whose people have no passwords here", async () => {
    const workspace = workspaceOf({ provider: "oidc" });
    expect(hasStandInUsers(workspace)).toBe(false);
    await expect(signIns(workspace)).resolves.toEqual([]);
  });
});
