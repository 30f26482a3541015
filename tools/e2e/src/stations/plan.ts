import type { LocalDeployment } from "@studio-access/local-deployment";

import { operate } from "./operator-command";

/** Plans without the state files, as in another checkout: a stack that reads another one's outputs finds none. */
export async function planFails(deployment: LocalDeployment): Promise<void> {
  const { config } = deployment.workspace;
  const state = { backend: "local", directory: ".studio-access/e2e/no-state" } as const;
  await deployment.reconfigure({ ...config, state });
  try {
    const { code, stdout } = await operate(deployment, "plan", ["access"]);
    expect(code).toBe(1);
    expect(stdout).toContain("✖ access: Error: Unable to find remote state");
    expect(stdout).toContain("Not every stack could be planned.");
  } finally {
    await deployment.reconfigure(config);
  }
}
